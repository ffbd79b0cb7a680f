package dev.waybill.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.auth.Permission;
import dev.waybill.auth.access.AccessRow;
import dev.waybill.auth.access.AccessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyDescriptionTests {

    private final JsonNode paths = new JsonMapper()
            .readTree(Files.readString(Path.of("openapi/waybill.json")))
            .path("paths");

    IdempotencyDescriptionTests() throws IOException {}

    @Test
    void everyOperationThatSupportsTheHeaderDocumentsItsBounds() {
        int described = 0;
        for (AccessRow row : new AccessTable(AccessTable.waybill()).rows()) {
            JsonNode operation = paths.path(row.path()).path(row.method().name().toLowerCase(Locale.ROOT));
            if (operation.isMissingNode()) {
                continue; // another name of a path that is described
            }
            boolean supported = row.method() == RequestMethod.POST
                    && row.permission() != Permission.READ
                    && !row.path().endsWith("/list");
            JsonNode header = operation
                    .path("parameters")
                    .valueStream()
                    .filter(one -> one.path("name").asString().equals(IdempotencyKey.HEADER))
                    .findFirst()
                    .orElse(paths.path("none"));
            assertThat(!header.isMissingNode()).as(row.toString()).isEqualTo(supported);
            if (supported) {
                described++;
                assertThat(header.at("/schema/minLength").asInt()).isEqualTo(1);
                assertThat(header.at("/schema/maxLength").asInt()).isEqualTo(IdempotencyKey.MAX_LENGTH);
                assertThat(header.path("description").asString()).contains("1 to 255 visible ASCII");
            }
        }
        assertThat(described).isGreaterThan(30);
    }
}
