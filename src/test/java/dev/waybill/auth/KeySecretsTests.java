package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.ids.IdSeries;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeySecretsTests {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final IdGenerator IDS = new IdGenerator(InstantSource.fixed(NOW));

    @Test
    void secretsAreLongAndDiffer() {
        assertThat(Stream.generate(KeySecretsTests::secret).limit(1_000).distinct())
                .hasSize(1_000)
                .allSatisfy(secret -> assertThat(secret.value()).matches("sk_[0-9A-Za-z]{43}"));
    }

    @Test
    void aRequestThatIsRunAgainMakesTheSameSecret() {
        byte[] seed = new byte[32];
        List<Secret> made = new ArrayList<>();
        for (boolean repeating : List.of(false, true)) {
            try (var open = IdSeries.of(seed, NOW, repeating).open()) {
                made.add(secret());
                made.add(secret());
            }
        }
        assertThat(made.subList(0, 2)).isEqualTo(made.subList(2, 4)).doesNotHaveDuplicates();
    }

    @Test
    void derivedBytesDependOnTheSecretAndThePurpose() {
        Secret secret = secret();

        assertThat(KeySecrets.derive(secret, "one"))
                .hasSize(32)
                .isEqualTo(KeySecrets.derive(secret, "one"))
                .isNotEqualTo(KeySecrets.derive(secret, "other"))
                .isNotEqualTo(KeySecrets.derive(secret(), "one"));
    }

    @Test
    void aSecretIsNotPrinted() {
        Secret secret = secret();

        assertThat(secret.toString()).doesNotContain(secret.value()).isEqualTo("***");
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
        assertThat(KeySecrets.shownPrefix(secret())).hasSize(12).startsWith("sk_");
    }

    @Test
    void theFingerprintIsNotTheStoredHash() {
        String hash = KeySecrets.hash(secret());

        assertThat(KeySecrets.fingerprint("key_1", hash))
                .isNotEqualTo(hash)
                .isNotEqualTo(KeySecrets.fingerprint("key_2", hash));
    }

    private static Secret secret() {
        return KeySecrets.next(IDS);
    }
}
