package dev.waybill.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RsaKeysTests {

    static Stream<String> forms() {
        return Stream.of(
                TestKeys.PLAIN,
                TestKeys.PKCS1,
                TestKeys.AES,
                TestKeys.TRIPLE_DES,
                TestKeys.AES.replace("\n", "\\n"),
                TestKeys.PLAIN.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theSameKeyComesOfEachForm(String pem) throws GeneralSecurityException {
        PrivateKey key = RsaKeys.read(pem, pem.contains("ENCRYPTED") ? TestKeys.PASSPHRASE : null);
        String token = SignedToken.of(key, "key-1", Map.of("sub", "somebody"));

        String[] parts = token.split("\\.");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(publicKey());
        check.update((parts[0] + "." + parts[1]).getBytes());
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]))).contains("RS256", "key-1");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]))).isEqualTo("{\"sub\":\"somebody\"}");
    }

    @Test
    void unreadableKeysAreReportedWithoutBeingShown() {
        assertRefused(TestKeys.AES, "another", "passphrase does not open");
        assertRefused(TestKeys.TRIPLE_DES, "another", "passphrase does not open");
        assertRefused(TestKeys.AES, null, "give its passphrase");
        assertRefused("no key", null, "openssl pkcs8 -topk8");
        assertRefused(TestKeys.PLAIN.substring(0, 400) + "-----END PRIVATE KEY-----", null, "RSA private key");
        assertRefused(
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "x",
                "paste all of it");
        assertRefused(
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIT/////\n-----END ENCRYPTED PRIVATE KEY-----",
                "x",
                "paste all of it");
    }

    private static void assertRefused(String pem, String passphrase, String why) {
        assertThatThrownBy(() -> RsaKeys.read(pem, passphrase))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining(why)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("MII"));
    }

    static PublicKey publicKey() throws GeneralSecurityException {
        String base64 = TestKeys.PUBLIC.replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }
}
