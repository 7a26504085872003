package digitlab.datasets;

import java.util.List;
import java.util.Optional;

/**
 * Where data sets are kept that people brought. They are in the database, not in a home directory:
 * servers and workers that share it train on the same images, and a set is there whole or not at
 * all. Thread-safe.
 */
public interface OwnSetStore {
  /** All of them, by name. */
  List<OwnSet> list();

  Optional<OwnSet> find(String name);

  /** The images of a set; empty if there is none of that name. */
  Optional<DataPair> read(String name);

  /**
   * Keeps a set.
   *
   * @return false if the name is taken: then nothing has changed
   */
  boolean save(String name, DataPair data);

  void delete(String name);
}
