package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@WebProbe
@TestPropertySource(properties = "waybill.web.allowed-origins=https://good.example")
class AllowedOriginsTests {

    @LocalServerPort
    int port;

    @Test
    void onlyTheNamedOriginsMayCall() {
        Http http = new Http(port);

        assertThat(http.get("/v1/probe/named/x", "Origin", "https://good.example")
                        .header("Access-Control-Allow-Origin"))
                .isEqualTo("https://good.example");
        Http.Answer refused = http.get("/v1/probe/named/x", "Origin", "https://bad.example");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error().path("type").asString()).isEqualTo("ForbiddenError");
        assertThat(http.get("/v1/probe/named/x").status()).isEqualTo(200);
    }
}
