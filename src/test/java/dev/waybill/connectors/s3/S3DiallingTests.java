package dev.waybill.connectors.s3;

import static dev.waybill.connectors.s3.S3ErrorsTests.open;
import static dev.waybill.connectors.s3.S3ErrorsTests.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.s3.FakeS3.Answer;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.fetch.GuardedEndpoints;
import dev.waybill.platform.fetch.OpenEndpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts are connected to, and how connection failures are reported. */
class S3DiallingTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);

    private final FakeS3 server = new FakeS3();

    @AfterEach
    void close() {
        server.close();
    }

    // Connections

    @Test
    void privateAddressesAreRefusedHoweverTheyAreNamed() {
        GuardedEndpoints guard = OpenEndpoints.leading(Map.of("inside.example.com", "127.0.0.1"));
        assertThatThrownBy(() -> open(guard, server.endpoint())).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> open(guard, "https://169.254.169.254")).isInstanceOf(InvalidRequest.class);
        SourceException refused = refusal(
                () -> open(guard, "https://inside.example.com:" + server.port()).list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refused.passes()).isFalse();
        assertThat(refused.getMessage()).contains("may not be dialled");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void withoutTlsOnlyAllowedHostsAreConnectedTo() {
        GuardedEndpoints guard = OpenEndpoints.leading(
                Map.of("public.example.com", "203.0.114.9", "mine.example.com", "127.0.0.1"), "mine.example.com");
        SourceException refused =
                refusal(() -> open(guard, "http://public.example.com").list(ALL, null, 1));
        assertThat(refused.getMessage()).contains("may not be dialled");
        server.put("a", "hello");
        assertThat(open(guard, "http://mine.example.com:" + server.port())
                        .list(ALL, null, 1)
                        .files())
                .hasSize(1);
    }

    @Test
    void redirectsAreNotFollowed() {
        FakeS3 other = new FakeS3();
        try {
            for (int status : List.of(301, 302, 307, 308)) {
                server.first(request -> Answer.of(status, "", "Location", other.endpoint() + request.target()));
                assertThat(refusal(() -> Provider.S3.at(server).list(ALL, null, 1)))
                        .isNotNull();
            }
            assertThat(other.seen()).isEmpty();
        } finally {
            other.close();
        }
    }

    @Test
    void unknownHostsAreReported() {
        GuardedEndpoints guard = OpenEndpoints.recording(new ArrayList<>());
        SourceException refused =
                refusal(() -> open(guard, "https://nowhere.example.com").list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refused.getMessage()).contains("nowhere.example.com", "cannot be found");
        SourceException away =
                refusal(() -> open(Provider.LOOPBACK, "http://127.0.0.1:1").list(ALL, null, 1));
        assertThat(away.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(away.passes()).isTrue();
    }

    @Test
    void serversWithoutTlsAreReported() {
        try (WordyServer plain = WordyServer.start(head -> "HTTP/1.1 200 OK\r\n\r\n")) {
            String endpoint = "https://127.0.0.1:" + plain.port();
            SourceException refused =
                    refusal(() -> open(Provider.LOOPBACK, endpoint).list(ALL, null, 1));
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.TLS);
            assertThat(refused.passes()).isFalse();
        }
    }

    @Test
    void certificatesAreVerifiedUnlessDisabled(@TempDir Path folder) {
        try (FakeS3 unproven = FakeS3.overTls(folder)) {
            unproven.put("a", "hello");
            assertThat(refusal(() -> Provider.S3.at(unproven).list(ALL, null, 1))
                            .diagnosis())
                    .isEqualTo(Diagnosis.TLS);
            assertThat(unproven.seen()).isEmpty();
            Map<String, Object> settings = Provider.S3.settings(unproven.endpoint(), "key-id", Provider.SECRET);
            settings.put("verify_ssl", false);
            assertThat(Provider.S3.open(settings).list(ALL, null, 1).files()).hasSize(1);
        }
    }

    @Test
    void aServerThatHangsUpIsReported() {
        server.first(request -> new Answer(0, Map.of(), new byte[0], 0));
        SourceException refused = refusal(() -> Provider.S3.at(server).list(ALL, null, 1));
        assertThat(refused.diagnosis()).isEqualTo(Diagnosis.NETWORK);
        assertThat(refused.passes()).isTrue();
        assertThat(server.seen()).hasSizeGreaterThan(1);
    }
}
