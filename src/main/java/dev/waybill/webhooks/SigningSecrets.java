package dev.waybill.webhooks;

import dev.waybill.platform.secrets.Secrets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/** The secrets that webhooks sign with: {@code whsec_} and 32 random bytes in base64, kept encrypted. */
@Component
class SigningSecrets {

    static final String PREFIX = "whsec_";

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Secrets secrets;

    SigningSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * A secret that was just made: the only moment at which it can be told.
     *
     * @param plain as receivers need it
     * @param stored as it is kept
     */
    record Fresh(String plain, Webhook.StoredSecret stored) {

        @Override
        public String toString() {
            return "Fresh[***]";
        }
    }

    /** @param webhookKey the webhook that it belongs to, and works for only */
    Fresh next(String webhookKey, Instant now) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String plain = PREFIX + Base64.getEncoder().encodeToString(bytes);
        return new Fresh(plain, new Webhook.StoredSecret(secrets.seal(plain, context(webhookKey)), now, null));
    }

    /** The new one, and the one before it for as long as it overlaps; older ones end at once. */
    static List<Webhook.StoredSecret> rotated(
            List<Webhook.StoredSecret> before, Webhook.StoredSecret fresh, Duration overlap, Instant now) {
        List<Webhook.StoredSecret> after = new ArrayList<>(List.of(fresh));
        if (!overlap.isZero()) {
            Webhook.StoredSecret old = before.getFirst();
            after.add(new Webhook.StoredSecret(old.sealed(), old.createdAt(), now.plus(overlap)));
        }
        return after;
    }

    /** The keys that sign just now, the newest first. */
    List<byte[]> live(Webhook webhook, Instant now) {
        return webhook.secrets().stream()
                .filter(secret -> secret.isLive(now))
                .map(secret -> key(secrets.open(secret.sealed(), context(webhook.key()))))
                .toList();
    }

    private static byte[] key(String plain) {
        return Base64.getDecoder().decode(plain.substring(PREFIX.length()));
    }

    private static String context(String webhookKey) {
        return "webhook " + webhookKey;
    }
}
