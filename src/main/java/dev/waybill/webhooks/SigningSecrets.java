package dev.waybill.webhooks;

import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/** The secrets that webhooks sign with: {@code whsec_} and 32 random bytes in base64, stored encrypted. */
@Component
public class SigningSecrets {

    static final String PREFIX = "whsec_";

    private static final int BYTES = 32;

    private final Secrets secrets;
    private final IdGenerator ids;

    SigningSecrets(Secrets secrets, IdGenerator ids) {
        this.secrets = secrets;
        this.ids = ids;
    }

    /**
     * A secret that was just generated: only now can it be returned.
     *
     * @param plain as receivers need it
     * @param stored as it is stored
     */
    record Fresh(String plain, Webhook.StoredSecret stored) {

        @Override
        public String toString() {
            return "Fresh[***]";
        }
    }

    /** @param webhookKey the only webhook that it belongs to */
    Fresh next(String webhookKey, Instant now) {
        String plain = PREFIX + Base64.getEncoder().encodeToString(ids.nextSecret(BYTES));
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

    /** Whether a webhook has this secret already: a request that crashed after storing it is run again. */
    boolean has(WebhookEntity webhook, Fresh fresh) {
        return ids.isRepeating()
                && secrets.open(webhook.secrets().getFirst().sealed(), context(webhook.key()))
                        .equals(fresh.plain());
    }

    /** The keys that sign just now, the newest first. */
    public List<byte[]> active(Webhook webhook, Instant now) {
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
