package digitlab.experiment;

/**
 * A network that visitors can draw with.
 *
 * @param id the digest of its file
 * @param network its description: "784 → 16 sigmoid → 10 sigmoid"
 */
public record ModelInfo(String id, String title, String network) {}
