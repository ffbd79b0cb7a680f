package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestHeadersTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer sk_a",
                "Bearer sk_a|Bearer sk_a",
                "Bearer sk_a|bearer   sk_a| Bearer sk_a ",
                "Bearer sk_a, Bearer sk_a",
                "Bearer sk_a,bearer sk_a|Bearer sk_a",
                "|Bearer sk_a"
            })
    void aKeyMayBeSentAgain(String headers) {
        assertThat(RequestHeaders.authorization(request("Authorization", headers)))
                .contains("Bearer sk_a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer sk_a|Bearer sk_b",
                "Bearer sk_a, Bearer sk_b",
                "Bearer sk_a|Basic abc",
                "Basic abc|Bearer sk_a",
                "Basic abc, Bearer sk_a",
                "Bearer sk_a|sk_a",
                "Bearer sk_a|Bearer SK_A"
            })
    void twoKeysAreRefusedByTheHeadersName(String headers) {
        assertThatExceptionOfType(WaybillException.class)
                .isThrownBy(() -> RequestHeaders.authorization(request("Authorization", headers)))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST);
                    assertThat(refused.getMessage()).contains("Authorization").doesNotContain("sk_");
                    assertThat(refused.details()).isEqualTo(Map.of("header", "Authorization"));
                });
    }

    @Test
    void anotherSchemesCommasAreItsOwn() {
        assertThat(RequestHeaders.authorization(request("Authorization", "Digest a=1, b=2")))
                .contains("Digest a=1, b=2");
        assertThat(RequestHeaders.authorization(new MockHttpServletRequest())).isEmpty();
    }

    @Test
    void anyHeaderMayBeSentAgainWithTheSameValue() {
        assertThat(RequestHeaders.one(request("X-Namespace", "a| a"), "X-Namespace"))
                .contains("a");
        assertThat(RequestHeaders.one(request("X-Namespace", "|"), "X-Namespace"))
                .isEmpty();
        assertThatExceptionOfType(WaybillException.class)
                .isThrownBy(() -> RequestHeaders.one(request("X-Namespace", "a|b"), "X-Namespace"))
                .withMessageContaining("X-Namespace");
    }

    private static MockHttpServletRequest request(String name, String headers) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String header : headers.split("\\|", -1)) {
            request.addHeader(name, header);
        }
        return request;
    }
}
