package dev.waybill.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer sk_abc",
                "bearer sk_abc",
                "BEARER   sk_abc ",
                "Bearer sk_abc, Bearer sk_abc",
                "Bearer sk_abc,Bearer sk_abc",
                " Bearer sk_abc"
            })
    void readsTheFirstKey(String header) {
        assertThat(BearerToken.parse(header)).contains(new Secret("sk_abc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "sk_abc",
                "Basic sk_abc",
                "Bearer abc",
                "Bearer sk_",
                "Bearer sk_a b",
                "Bearersk_abc",
                "Bearer SK_abc",
                "Bearer sk_ä",
                "Basic x, Bearer sk_abc"
            })
    void findsNoneInAnythingElse(String header) {
        assertThat(BearerToken.parse(header)).isEmpty();
    }
}
