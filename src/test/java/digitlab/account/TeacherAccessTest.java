package digitlab.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.store.Database;
import digitlab.store.SqlSettingStore;
import digitlab.testing.Await;
import digitlab.testing.Databases;
import digitlab.testing.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TeacherAccessTest {
  private final Database database = Databases.H2.open();
  private final SettingStore settings = new SqlSettingStore(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theLinkSetsThePasswordOnce() {
    TeacherAccess access = new TeacherAccess(settings, true, false);
    String token = access.linkToken().orElseThrow();
    assertTrue(token.length() >= 32);
    assertFalse(access.hasPassword());
    assertTrue(Refusal.of(() -> access.setPassword(token, "short")).contains("5 characters"));
    assertFalse(access.setPassword("wrong", "long enough"));
    assertTrue(access.setPassword(token, "long enough"));
    assertFalse(access.setPassword(token, "another one"), "used up");
    assertEquals(Optional.empty(), access.linkToken());
    assertEquals(TeacherAccess.Answer.RIGHT, access.check("long enough"));
    String hash = settings.get("teacher-password").orElseThrow();
    assertTrue(hash.startsWith("$argon2id$"), hash);
  }

  @Test
  void wrongPasswordsCostTime() {
    TeacherAccess access = new TeacherAccess(settings, true, false);
    assertTrue(access.setPassword(access.linkToken().orElseThrow(), "long enough"));
    assertEquals(TeacherAccess.Answer.WRONG, access.check("guess 1"));
    assertEquals(TeacherAccess.Answer.TOO_SOON, access.check("long enough"));
    Await.until(
        "the pause to be over", () -> access.check("long enough") == TeacherAccess.Answer.RIGHT);
    assertEquals(
        TeacherAccess.Answer.RIGHT, access.check("long enough"), "no pause after a right one");
    assertEquals(TeacherAccess.Answer.WRONG, access.check("x".repeat(100_000)));
  }

  @Test
  void aPasswordStaysUntilItIsReset() {
    TeacherAccess first = new TeacherAccess(settings, true, false);
    String token = first.linkToken().orElseThrow();
    assertTrue(first.setPassword(token, "long enough"));
    assertEquals(Optional.empty(), new TeacherAccess(settings, true, false).linkToken());
    String another = new TeacherAccess(settings, true, true).linkToken().orElseThrow();
    assertNotEquals(token, another);
  }

  @Test
  void onTheOwnComputerNoneIsNeeded() {
    TeacherAccess access = new TeacherAccess(settings, false, false);
    assertFalse(access.isRequired());
    assertEquals(Optional.empty(), access.linkToken());
  }
}
