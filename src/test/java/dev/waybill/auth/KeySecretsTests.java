package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeySecretsTests {

    @Test
    void secretsAreLongAndDiffer() {
        assertThat(Stream.generate(KeySecrets::next).limit(1_000).distinct())
                .hasSize(1_000)
                .allSatisfy(secret -> assertThat(secret.value()).matches("sk_[0-9A-Za-z]{43}"));
    }

    @Test
    void aSecretIsNotPrinted() {
        Secret secret = KeySecrets.next();

        assertThat(secret.toString()).doesNotContain(secret.value()).isEqualTo("***");
        assertThat(new ApiKeys.Issued(AuthMongo.key(AuthMongo.user("a@b", UserRole.ADMIN), "n", secret), secret))
                .asString()
                .doesNotContain(secret.value());
    }

    @Test
    void theHashIsTheSha256OfTheWholeSecret() {
        assertThat(KeySecrets.hash(new Secret("sk_test")))
                .isEqualTo(KeySecrets.hash(new Secret("sk_test")))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(KeySecrets.hash(new Secret("sk_Test")));
    }

    @Test
    void theShownPrefixHasTheContractsLength() {
        assertThat(KeySecrets.shownPrefix(KeySecrets.next())).hasSize(12).startsWith("sk_");
    }

    @Test
    void theFingerprintIsNotTheStoredHash() {
        String hash = KeySecrets.hash(KeySecrets.next());

        assertThat(KeySecrets.fingerprint("key_1", hash))
                .isNotEqualTo(hash)
                .isNotEqualTo(KeySecrets.fingerprint("key_2", hash));
    }
}
