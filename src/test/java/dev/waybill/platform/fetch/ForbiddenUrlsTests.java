package dev.waybill.platform.fetch;

import static dev.waybill.platform.fetch.UrlFetcherTests.OK;
import static dev.waybill.platform.fetch.UrlFetcherTests.address;
import static dev.waybill.platform.fetch.UrlFetcherTests.fetcher;
import static dev.waybill.platform.fetch.UrlFetcherTests.local;
import static dev.waybill.platform.fetch.UrlFetcherTests.redirect;
import static dev.waybill.platform.fetch.UrlFetcherTests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nobody may be sent by a URL, however it is written, and whatever a lookup or a redirect says. */
class ForbiddenUrlsTests {

    /** Loopback by every spelling that some resolver takes, and places that only the service itself may see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://127.1:%d/",
                "http://127.0.1:%d/",
                "http://2130706433:%d/",
                "http://0x7f000001:%d/",
                "http://0x7f.0.0.1:%d/",
                "http://0x7f.1:%d/",
                "http://017700000001:%d/",
                "http://0177.0.0.1:%d/",
                "http://0177.0.0.01:%d/",
                "http://127.0.0.1.:%d/",
                "http://127.000.000.001:%d/",
                "http://0:%d/",
                "http://0.0.0.0:%d/",
                "http://localhost:%d/",
                "http://LOCALHOST:%d/",
                "http://localhost.:%d/",
                "http://localhost.localdomain:%d/",
                "http://[::1]:%d/",
                "http://[::]:%d/",
                "http://[0:0:0:0:0:0:0:1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://[::127.0.0.1]:%d/",
                "http://[64:ff9b::7f00:1]:%d/",
                "http://[2002:7f00:1::]:%d/",
                "http://[fe80::1%%25lo]:%d/",
                "http://[fe80::1%%25eth0]:%d/",
                "http://[fd00:ec2::254]:%d/",
                "http://169.254.169.254/latest/meta-data/",
                "http://0xa9fea9fe/",
                "http://2852039166/",
                "http://0251.0376.0251.0376/",
                "http://169.254.43518/",
                "http://100.100.100.200/",
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "https://127.0.0.1:%d/",
                "http://user@example.com/",
                "http://a:b@127.0.0.1:%d/",
                "http://example.com@127.0.0.1:%d/",
                "http://example.com%%40127.0.0.1:%d/",
                "http://127.0.0.1:%d\\@example.com/",
                "http://127.0.0.1%%2f@example.com/",
                "http://①②⑦.⓪.⓪.①:%d/",
                "http://１２７.0.0.1:%d/",
                "http://127。0。0。1:%d/",
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "gopher://127.0.0.1:%d/_x",
                "jar:http://127.0.0.1:%d/!/",
                "dict://127.0.0.1:%d/",
                "//127.0.0.1:%d/",
                "http:///127.0.0.1:%d/",
                "http:127.0.0.1:%d/",
                "http://",
                "",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:99999/",
                " http://127.0.0.1:%d/",
                "http://127.0.0.1:%d/\r\nHost: x"
            })
    void hostileUrlsAreRefusedAndNeverConnectedTo(String url) {
        try (RawServer server = RawServer.saying(OK)) {
            String hostile = url.contains("%") ? url.formatted(server.port()) : url;

            WaybillException refused = refusal(fetcher(), hostile);

            assertThat(refused.code()).as(refused.getMessage()).isIn(ErrorCode.URL_REFUSED, ErrorCode.URL_UNREACHABLE);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aNameThatChangesItsAddressIsCaughtWhenTheConnectionIsMade() {
        try (RawServer server = RawServer.saying(OK)) {
            AtomicInteger lookups = new AtomicInteger();
            HostLookup rebinding = host -> new InetAddress[] {
                address(lookups.getAndIncrement() == 0 ? "192.0.0.9" : "127.0.0.1"),
            };
            // The first answer is harmless here, so that only the second one can refuse.
            UrlFetcher fetcher = Fetching.fetcher(rebinding, "192.0.0.9");

            refusal(fetcher, "http://rebind.example:" + server.port() + "/");
            WaybillException refused = refusal(fetcher, "http://rebind.example:" + server.port() + "/");

            assertThat(refused.code()).isEqualTo(ErrorCode.URL_REFUSED);
            assertThat(lookups).hasValueGreaterThanOrEqualTo(2);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void oneForbiddenAddressRefusesTheHost() {
        HostLookup mixed = host -> new InetAddress[] {address("8.8.8.8"), address("10.0.0.1")};

        assertThat(refusal(Fetching.fetcher(mixed), "http://mixed.example/").code())
                .isEqualTo(ErrorCode.URL_REFUSED);
    }

    @Test
    void theSocketItselfRefusesWhateverTheLookupSaid() throws IOException {
        FetchProperties properties = Fetching.properties(java.util.List.of());
        try (RawServer server = RawServer.saying(OK);
                GuardedSocket socket = new GuardedSocket(new AddressGuard(properties))) {
            Throwable refused = org.assertj.core.api.Assertions.catchThrowable(
                    () -> socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port())));

            assertThat(refused).isInstanceOf(ForbiddenAddressException.class);
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://169.254.169.254/latest/",
                "http://[::1]:80/",
                "http://127.0.0.2/",
                "http://0x7f.2/",
                "file:///etc/passwd",
                "http://user:pw@127.0.0.1/",
                "//10.0.0.1/",
                "gopher://127.0.0.1/"
            })
    void redirectsToWhereNobodyMayGoAreRefused(String target) {
        try (RawServer start = RawServer.saying(redirect(302, target))) {
            assertThat(refusal(local(), start.url("/")).code()).isEqualTo(ErrorCode.URL_REFUSED);
            assertThat(start.connections()).isEqualTo(1);
        }
    }
}
