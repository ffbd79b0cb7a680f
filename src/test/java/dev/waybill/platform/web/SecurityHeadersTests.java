package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebProbe
class SecurityHeadersTests {

    @LocalServerPort
    int port;

    Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs",
                "/swagger-ui/index.html",
                "/swagger-ui/swagger-ui-bundle.js",
                "/openapi.json",
                "/v1/probe/named/x",
                "/v1/probe/query?count=x",
                "/no/such/path",
                "/%zz" // Tomcat refuses it before any filter
            })
    void everyAnswerCarriesTheSecurityHeaders(String path) {
        String head = raw("GET " + path + " HTTP/1.1\r\nHost: localhost")
                .split("\r\n\r\n", 2)[0]
                .toLowerCase(Locale.ROOT);
        assertThat(head.lines())
                .containsOnlyOnce(
                        "x-content-type-options: nosniff", "x-frame-options: deny", "referrer-policy: no-referrer")
                .filteredOn(line -> line.startsWith("content-security-policy: "))
                .singleElement()
                .satisfies(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self';")
                        .doesNotContain("unsafe", "*"));
    }

    /** Another version of Swagger UI may have another: then the hash in the policy is to be renewed. */
    @Test
    void theOnlyInlineStyleOfTheDocumentationIsAllowedByItsHash() {
        Matcher style = Pattern.compile("\"style\",null,\"([^\"]+)\"")
                .matcher(http.get("/swagger-ui/swagger-ui-standalone-preset.js").text());
        assertThat(style.find()).isTrue();
        byte[] hash = DigestUtils.sha256(style.group(1));
        assertThat(http.get("/docs").header("Content-Security-Policy"))
                .contains("style-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';");
        assertThat(style.find()).isFalse();
    }

    @Test
    void noUrlIsBuiltFromTheHostHeader() {
        for (String path : new String[] {
            "/docs",
            "/swagger-ui/index.html",
            "/swagger-ui/swagger-initializer.js",
            "/v3/api-docs/swagger-config",
            "/openapi.json",
            "/v1/probe/named/x",
            "/no/such/path"
        }) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example"
                    + "\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example");
            assertThat(answer).as(path).startsWith("HTTP/1.1 ").doesNotContain("evil.example");
        }
    }

    private String raw(String head) {
        return http.raw(head + "\r\nConnection: close\r\n\r\n");
    }
}
