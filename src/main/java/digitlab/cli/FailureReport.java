package digitlab.cli;

import digitlab.engine.EngineUnavailableException;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.interop.ExportRefusedException;
import digitlab.text.RefusedException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A command that failed: one line with the reason on stderr; the log has the rest. Exit 1. */
final class FailureReport implements CommandLine.IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  @Override
  public int handleExecutionException(
      Exception e, CommandLine line, CommandLine.ParseResult result) {
    if (e instanceof UsageException) {
      return new UsageReport()
          .handleParseException(
              new CommandLine.ParameterException(line, e.getMessage()), new String[0]);
    }
    LOG.debug("The command failed", e);
    PrintWriter err = line.getErr();
    err.println(oneLine(reason(e)));
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  static String reason(Exception e) {
    return switch (e) {
      case EngineUnavailableException unavailable ->
          Messages.in(Language.ENGLISH).get(unavailable.obstacle());
      case ExportRefusedException refused -> Messages.in(Language.ENGLISH).get(refused.obstacle());
      case RefusedException refused -> Messages.in(Language.ENGLISH).get(refused.why());
      case NoSuchFileException missing ->
          "There is no file " + missing.getFile() + ". Check the path.";
      case AccessDeniedException denied ->
          denied.getFile() + " may not be read or written. Check its permissions.";
      case FileSystemException file ->
          file.getFile() + ": " + (file.getReason() == null ? "failed" : file.getReason()) + ".";
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
