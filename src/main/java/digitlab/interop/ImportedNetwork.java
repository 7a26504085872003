package digitlab.interop;

import digitlab.net.Loss;
import digitlab.net.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * A network that another tool wrote.
 *
 * @param title null if the file does not tell
 * @param loss what it was trained with; a guess from its outputs if the file does not tell
 */
public record ImportedNetwork(@Nullable String title, Loss loss, Parameters parameters) {}
