package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.ServiceUnderTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A forged Host header redirects nobody: no answer holds a URL that was built from it. */
class HostHeaderStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();
    private static final String EVIL = "evil.example";

    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void noAnswerNamesTheRequestedHost() throws IOException {
        String namespace = "host-" + mark;
        created("POST /v1/namespaces", "", """
                {"namespace_name": "%s",
                 "feature_extractors": [{"feature_extractor_name": "multimodal_extractor", "version": "v1"}]}""".formatted(namespace));
        created("POST /v1/buckets", namespace, """
                {"bucket_name": "files", "bucket_schema": {"properties": {"file": {"type": "binary"}}}}""");
        for (int i = 0; i < 2; i++) {
            String upload = created("POST /v1/buckets/files/uploads", namespace, """
                    {"filename": "a.bin", "content_type": "application/octet-stream"}""");
            assertThat(upload).contains("\"presigned_url\":\"http");
        }
        assertThat(created("POST /v1/buckets/files/uploads/list?limit=1&return_presigned_urls=true", namespace, "{}"))
                .contains("\"next_cursor\":\"");
        created("POST /v1/namespaces/list?limit=1", "", "{}");
        for (String open : new String[] {
            "/v1/health?deep=true", "/openapi.json", "/openapi/submissions.json", "/docs", "/v3/api-docs/swagger-config"
        }) {
            assertThat(ask("GET " + open, "", "")).as(open).matches("(?s)HTTP/1.1 [23].*");
        }
        assertThat(ask("GET /api/agents/projects", "", "")).startsWith("HTTP/1.1 401");
        assertThat(ask("GET /v1/nowhere", "", "")).startsWith("HTTP/1.1 404");
    }

    private static String created(String request, String namespace, String body) throws IOException {
        String answer = ask(request, namespace, body);
        assertThat(answer).as(request).matches("(?s)HTTP/1.1 20[01] .*");
        return answer;
    }

    private static String ask(String request, String namespace, String body) throws IOException {
        URI base = SERVICE.base();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder(request).append(" HTTP/1.1\r\nHost: ").append(EVIL);
        head.append("\r\nX-Forwarded-Host: ")
                .append(EVIL)
                .append("\r\nForwarded: host=")
                .append(EVIL);
        head.append("\r\nAuthorization: Bearer ").append(ServiceUnderTest.API_KEY);
        if (!namespace.isEmpty()) {
            head.append("\r\nX-Namespace: ").append(namespace);
        }
        if (bytes.length > 0) {
            head.append("\r\nContent-Type: application/json\r\nContent-Length: ")
                    .append(bytes.length);
        }
        head.append("\r\nConnection: close\r\n\r\n");
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(bytes);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).as(request).doesNotContain(EVIL);
            return answer;
        }
    }
}
