package digitlab.experiment;

import java.util.List;
import java.util.Optional;

/** Where trained networks are kept, by the digest of their files. Thread-safe. */
public interface ModelStore {
  /** Keeps a network file; the same one again changes nothing. */
  void save(ModelInfo info, byte[] file);

  Optional<byte[]> file(String id);

  /** Offers a network to everybody who draws, or no longer does. */
  void publish(String id, boolean published);

  boolean isPublished(String id);

  /** The networks that are offered, the newest first. */
  List<ModelInfo> published();
}
