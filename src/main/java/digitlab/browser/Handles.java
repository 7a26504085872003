package digitlab.browser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects of one kind by number, for a caller that can hold numbers only. */
final class Handles<T extends Handles.Closeable> {
  /** Something that may hold what Java does not free by itself. */
  interface Closeable extends AutoCloseable {
    @Override
    default void close() {}
  }

  private final String kind;
  private final List<@Nullable T> objects = new ArrayList<>();

  /**
   * @param kind what they are called in errors
   */
  Handles(String kind) {
    this.kind = kind;
  }

  int add(T object) {
    objects.add(object);
    return objects.size() - 1;
  }

  T get(int handle) {
    T object = handle >= 0 && handle < objects.size() ? objects.get(handle) : null;
    if (object == null) {
      throw new IllegalArgumentException(
          "There is no " + kind + " " + handle + ": it was closed, or never opened.");
    }
    return object;
  }

  /** Forgets one, and closes it; forgetting it again does nothing. */
  void close(int handle) {
    T object = handle >= 0 && handle < objects.size() ? objects.set(handle, null) : null;
    if (object != null) {
      object.close();
    }
  }
}
