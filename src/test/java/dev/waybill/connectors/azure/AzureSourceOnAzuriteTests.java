package dev.waybill.connectors.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.common.StorageSharedKeyCredential;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.testing.RealStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract tests on Azure's own emulator, which verifies signatures. */
class AzureSourceOnAzuriteTests extends SourceContract {

    private static final String ACCOUNT = "devstoreaccount1";

    /** The well-known key: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite. */
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /** Names that Azure would not accept either. */
    private static final Set<String> NOT_KEPT = Set.of("u\u0001");

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private static URI server;
    private static HttpClient writer;

    private final String container = "kit-" + UUID.randomUUID();
    private final Source source;

    AzureSourceOnAzuriteTests() {
        source = open();
        send("PUT", "?restype=container", new byte[0], Map.of());
    }

    @BeforeAll
    static void start() {
        server = RealStores.azurite();
        writer = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        if (writer != null) {
            writer.close();
        }
    }

    @AfterEach
    void close() {
        source.close();
    }

    private static Source open() {
        AzureConnector connector = new AzureConnector(
                new AzureProperties(false, server, null, server),
                Pools.loopback(),
                Pools.LOOPBACK,
                InstantSource.system());
        return connector.open(connector.read(
                Map.of("account_name", ACCOUNT, "account_key", KEY, "endpoint_url", server.toString()),
                "body.provider_config"));
    }

    private void send(String method, String below, byte[] body, Map<String, String> headers) {
        URI uri = URI.create(server + "/" + container + below);
        Map<String, String> all = new TreeMap<>(headers);
        all.put("x-ms-version", "2021-12-02");
        all.put("x-ms-date", HTTP_DATE.format(Instant.now().atOffset(ZoneOffset.UTC)));
        Map<String, String> signed = new LinkedHashMap<>(all);
        signed.put("Content-Length", String.valueOf(body.length));
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .method(
                            method,
                            body.length == 0
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(body))
                    .header(
                            "Authorization",
                            new StorageSharedKeyCredential(ACCOUNT, KEY)
                                    .generateAuthorizationHeader(uri.toURL(), method, signed));
            all.forEach(request::header);
            HttpResponse<String> answer = writer.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Elsewhere elsewhere() {
        return new Elsewhere() {
            @Override
            public Source source() {
                return source;
            }

            @Override
            public Source another() {
                return open();
            }

            @Override
            public String bucket() {
                return container;
            }

            @Override
            public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
                Map<String, String> headers = new TreeMap<>();
                headers.put("x-ms-blob-type", "BlockBlob");
                metadata.forEach((name, value) -> headers.put("x-ms-meta-" + name, value));
                if (!tags.isEmpty()) {
                    headers.put("x-ms-tags", RestCall.query(tags));
                }
                send("PUT", "/" + RestCall.encode(key), bytes, headers);
            }

            @Override
            public boolean putPacked(String key, byte[] bytes) {
                send(
                        "PUT",
                        "/" + RestCall.encode(key),
                        bytes,
                        Map.of("x-ms-blob-type", "BlockBlob", "x-ms-blob-content-encoding", "gzip"));
                return true;
            }

            @Override
            public void remove(String key) {
                send("DELETE", "/" + RestCall.encode(key), new byte[0], Map.of());
            }

            @Override
            public boolean keeps(String key) {
                return !NOT_KEPT.contains(key);
            }
        };
    }
}
