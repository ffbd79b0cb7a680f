package dev.waybill.connectors.mux;

import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.rest.RsaKeys;
import dev.waybill.connectors.rest.SignedToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs playback URLs that require it, with a signing key of the environment; the key is optional.
 *
 * @see <a href="https://www.mux.com/docs/guides/secure-video-playback">Claims of a token for playback</a>
 */
final class MuxSigner {

    /** Long enough for a large file over a slow connection. */
    private static final Duration LIFE = Duration.ofHours(12);

    private final String keyId;
    private final @Nullable PrivateKey key;
    private final InstantSource clock;

    private MuxSigner(String keyId, @Nullable PrivateKey key, InstantSource clock) {
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
    }

    static MuxSigner of(ConnectorConfig config, InstantSource clock) {
        String pem = config.secrets().get("credentials.playback_signing_private_key");
        String id = config.credential("playback_signing_key_id");
        try {
            return new MuxSigner(id, pem == null ? null : read(pem), clock);
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("a signing key that was read before cannot be read", unreadable);
        }
    }

    /** Reads a key as Mux issues it, which is PEM encoded in base64; or as PEM. */
    static PrivateKey read(String key) throws GeneralSecurityException {
        if (key.contains("-----BEGIN")) {
            return RsaKeys.read(key, null);
        }
        try {
            byte[] pem = Base64.getMimeDecoder().decode(key);
            return RsaKeys.read(new String(pem, StandardCharsets.UTF_8), null);
        } catch (IllegalArgumentException noBase64) {
            throw new GeneralSecurityException("It should be the signing key's private key, as Mux shows it", noBase64);
        }
    }

    boolean signs() {
        return key != null;
    }

    /** The query of a signed playback URL. */
    String query(String playback) {
        if (key == null) {
            throw new IllegalStateException("there is no key to sign with");
        }
        long until = clock.instant().plus(LIFE).getEpochSecond();
        return "?token=" + SignedToken.of(key, keyId, Map.of("sub", playback, "aud", "v", "exp", until, "kid", keyId));
    }
}
