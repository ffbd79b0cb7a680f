package dev.waybill.connectors.box;

import dev.waybill.connectors.rest.TestKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The claims of an assertion whose signature by the app's key was verified. */
record SignedAssertion(JsonNode header, JsonNode claims) {

    static final String KEY_ID = "k3yid123";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Null when the signature is invalid. */
    static @Nullable SignedAssertion verified(String assertion) {
        String[] parts = assertion.split("\\.");
        try {
            byte[] key = Base64.getMimeDecoder().decode(TestKeys.PUBLIC.replaceAll("-----[A-Z ]+-----", ""));
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
            check.update((parts[0] + "." + parts[1]).getBytes());
            return check.verify(Base64.getUrlDecoder().decode(parts[2]))
                    ? new SignedAssertion(json(parts[0]), json(parts[1]))
                    : null;
        } catch (GeneralSecurityException | IndexOutOfBoundsException none) {
            return null;
        }
    }

    private static JsonNode json(String part) {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    boolean fits(String client, String enterprise) {
        return header.path("kid").asString("").equals(KEY_ID)
                && claims.path("iss").asString("").equals(client)
                && claims.path("sub").asString("").equals(enterprise)
                && claims.path("box_sub_type").asString("").equals("enterprise")
                && claims.path("aud").asString("").equals("https://api.box.com/oauth2/token")
                && claims.path("jti").asString("").length() >= 16;
    }

    /** Box rejects expired ones, and those that last longer than a minute. */
    boolean isTimely(Instant now) {
        long left = claims.path("exp").asLong(0) - now.getEpochSecond();
        return left > 0 && left <= 60;
    }
}
