package dev.waybill.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.s3.FakeS3.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each open source has a connection pool of its own, here of one connection. */
class S3ConnectionsTests {

    private static final SourcePath ALL = new SourcePath(FakeS3.BUCKET, "", true);

    private static final S3ConnectorProperties ONE = new S3ConnectorProperties(
            false,
            null,
            null,
            URI.create("https://api.backblazeb2.com"),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            1);

    private final FakeS3 server = new FakeS3();
    private final StoreClients clients = Provider.clients(ONE, Provider.LOOPBACK);

    @AfterEach
    void close() {
        clients.destroy();
        server.close();
    }

    @Test
    void aSlowStoreBlocksNoOtherSource() {
        CountDownLatch answers = new CountDownLatch(1);
        try (FakeS3 slow = new FakeS3();
                Source waiting = open(slow);
                Source other = open(server)) {
            slow.first(request -> whenOpen(answers));
            CompletableFuture<SourcePage> slowPage =
                    CompletableFuture.supplyAsync(() -> waiting.list(ALL, null, 10), Thread::startVirtualThread);
            await().until(() -> !slow.seen().isEmpty());
            server.put("a", "hello");

            assertThat(other.list(ALL, null, 10).files()).hasSize(1);
            answers.countDown();
            assertThat(slowPage.join().files()).isEmpty();
        } finally {
            answers.countDown();
        }
    }

    @Test
    void anExhaustedPoolIsNoFailureOfTheStore() throws IOException {
        server.put("a", "0".repeat(1 << 20));
        try (Source source = open(server)) {
            SourceFile file = source.list(ALL, null, 10).files().getFirst();
            try (SourceContent content = source.open(ALL, file, 0)) {
                assertThatThrownBy(() -> source.list(ALL, null, 10))
                        .isInstanceOfSatisfying(SourceException.class, busy -> {
                            assertThat(busy.diagnosis()).isEqualTo(Diagnosis.THROTTLED);
                            assertThat(busy.passes()).isTrue();
                            assertThat(busy).hasMessageContaining("connections");
                        });
                assertThat(content.bytes().readAllBytes()).hasSize(1 << 20);
            }
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUselessAnswerReleasesItsConnection(Useless useless) {
        try (Source source = open(server)) {
            server.first(request -> useless.answer);
            assertThatThrownBy(() -> source.list(ALL, null, 10))
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            refused -> assertThat(refused.diagnosis()).isEqualTo(useless.diagnosis));
            server.first(server::serve);
            assertThat(source.list(ALL, null, 10).files()).isEmpty();
        }
    }

    /** Responses that the SDK does not read to the end. */
    private enum Useless {
        ERROR_IN_200(Answer.error(200, "InvalidAccessKeyId", " ".repeat(1 << 20)), Diagnosis.INVALID_CREDENTIALS),
        LONG_REFUSAL(Answer.error(403, "AccessDenied", " ".repeat(1 << 20)), Diagnosis.ACCESS_DENIED),
        TOO_LONG(Answer.of(200, " ".repeat(20 << 20)), Diagnosis.NETWORK);

        private final Answer answer;
        private final Diagnosis diagnosis;

        Useless(Answer answer, Diagnosis diagnosis) {
            this.answer = answer;
            this.diagnosis = diagnosis;
        }
    }

    @Test
    void theyEndWithTheSource() {
        Source source = open(server);
        source.list(ALL, null, 10);
        source.close();

        assertThatThrownBy(() -> source.list(ALL, null, 10)).isInstanceOf(SourceException.class);
        assertThat(server.seen()).hasSize(1);
    }

    private Source open(FakeS3 at) {
        Connector connector = Provider.S3.connector(ONE, clients, Provider.LOOPBACK, InstantSource.system());
        return connector.open(
                connector.read(Provider.S3.settings(at.endpoint(), "key-id", "key-secret"), "body.provider_config"));
    }

    private static @Nullable Answer whenOpen(CountDownLatch answers) {
        try {
            answers.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
