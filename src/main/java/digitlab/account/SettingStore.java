package digitlab.account;

import java.util.Optional;

/** Where settings of the whole installation are kept. Thread-safe. */
public interface SettingStore {
  Optional<String> get(String name);

  void put(String name, String content);
}
