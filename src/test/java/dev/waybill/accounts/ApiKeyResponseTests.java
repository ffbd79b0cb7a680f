package dev.waybill.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.auth.Secret;
import org.junit.jupiter.api.Test;

class ApiKeyResponseTests {

    @Test
    void aSecretIsNotPrinted() {
        Secret secret = AuthMongo.secret();
        ApiKeyEntity key = AuthMongo.key(AuthMongo.user("a@b", UserRole.ADMIN), "n", secret);

        assertThat(ApiKeyResponse.WithSecret.of(key, secret, AuthMongo.NOW))
                .asString()
                .doesNotContain(secret.value());
    }
}
