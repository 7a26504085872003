package digitlab.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Wrong usage: one line that says what is wrong and where help is. Exit 2. */
final class UsageReport implements CommandLine.IParameterExceptionHandler {
  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String fact = FailureReport.oneLine(String.valueOf(e.getMessage()));
    String end = fact.endsWith(".") ? "" : ".";
    err.println(fact + end + " Try: " + command + " --help");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }
}
