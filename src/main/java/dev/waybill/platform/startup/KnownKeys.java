package dev.waybill.platform.startup;

import java.util.Arrays;
import java.util.Base64;

/** The publicly known keys of the local start and of docker-compose.yml. Whoever has read this repository has them. */
final class KnownKeys {

    private static final String API_KEY = "sk_local_waybill_development_key";
    private static final byte[] ENCRYPTION_KEY =
            Base64.getDecoder().decode("ZGV2ZWxvcG1lbnQta2V5LWV2ZXJ5Ym9keS1rbm93cy4=");

    private KnownKeys() {}

    static boolean isApiKey(String key) {
        return key.equals(API_KEY);
    }

    /** @param key what base64 held: the same bytes can be written in more than one way */
    static boolean isEncryptionKey(byte[] key) {
        return Arrays.equals(key, ENCRYPTION_KEY);
    }
}
