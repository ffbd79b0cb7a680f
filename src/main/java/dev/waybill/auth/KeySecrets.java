package dev.waybill.auth;

import dev.waybill.platform.ids.IdGenerator;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Makes secrets and digests them. A secret is a prefix and 43 characters of base62, 256 random bits, so one round of
 * SHA-256 is enough: there is nothing to guess, and looking a key up by its digest tells nothing by its timing.
 */
public final class KeySecrets {

    static final String PREFIX = "sk_";
    private static final char[] BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int RANDOM_CHARS = 43;
    private static final int SHOWN_CHARS = 12;

    private KeySecrets() {}

    /** A new secret of a key. */
    public static Secret next(IdGenerator ids) {
        return next(PREFIX, ids);
    }

    /** A new secret: the prefix, which tells what the key opens, and 43 random letters and digits. */
    public static Secret next(String prefix, IdGenerator ids) {
        StringBuilder secret = new StringBuilder(prefix);
        while (secret.length() < prefix.length() + RANDOM_CHARS) {
            for (byte random : ids.nextSecret(RANDOM_CHARS)) {
                int digit = random & 0x3f;
                // Two of 64 values are no digit; leaving them out keeps all digits equally likely.
                if (digit < BASE62.length && secret.length() < prefix.length() + RANDOM_CHARS) {
                    secret.append(BASE62[digit]);
                }
            }
        }
        return new Secret(secret.toString());
    }

    /** What is stored of a secret: its SHA-256 in lower-case hexadecimal. */
    public static String hash(Secret secret) {
        return DigestUtils.sha256Hex(secret.value());
    }

    /** The beginning of a made secret, by which a person tells keys apart; it leaves more than 200 bits unsaid. */
    public static String shownPrefix(Secret secret) {
        return secret.value().substring(0, SHOWN_CHARS);
    }

    /**
     * What answers show as the key's hash. Not the stored hash: what lies in the database never leaves it, so an answer
     * that leaks cannot be compared with one that was stolen. It changes when the key is rotated.
     */
    public static String fingerprint(String keyId, String hash) {
        return DigestUtils.sha256Hex(keyId + ":" + hash);
    }

    /** 32 bytes that nobody can make who lacks the secret, also not from its hash. */
    static byte[] derive(Secret secret, String purpose) {
        return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret.value()).hmac(purpose);
    }
}
