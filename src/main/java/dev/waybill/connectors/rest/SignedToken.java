package dev.waybill.connectors.rest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Signs JSON Web Tokens with an RSA key (RS256). */
public final class SignedToken {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private SignedToken() {}

    /**
     * Signs claims.
     *
     * @param keyId of the public key at the other side
     * @param claims JSON values
     */
    public static String of(PrivateKey key, String keyId, Map<String, Object> claims) {
        String header = part(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId));
        String signed = header + "." + part(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("an RSA key signs", impossible);
        }
    }

    private static String part(Map<String, Object> json) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(json));
    }
}
