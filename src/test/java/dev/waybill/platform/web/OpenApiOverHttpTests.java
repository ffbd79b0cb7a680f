package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@WebProbe
class OpenApiOverHttpTests {

    @LocalServerPort
    int port;

    Http http;
    JsonNode document;

    @BeforeEach
    void fetch() {
        http = new Http(port);
        document = http.get("/v3/api-docs").json();
    }

    @Test
    void nothingIsLeftUnsaid() {
        assertThat(OpenApiCompleteness.complaints(document)).isEmpty();
    }

    @Test
    void theDocumentAndItsPageAreServedWhereTheStartSaysSo() {
        assertThat(http.get("/openapi.json").json()).isEqualTo(document);
        assertThat(http.get("/docs").header("Location")).contains("/swagger-ui/index.html");
        assertThat(http.get("/swagger-ui/index.html").text()).contains("swagger-ui");
    }

    @Test
    void schemasAreNamedAsTheWireIs() {
        JsonNode request = document.at("/components/schemas/ThingRequest");

        assertThat(request.path("properties").propertyNames()).contains("thing_name", "upload_parts", "owner_id");
        assertThat(request.at("/properties/kind/enum")).hasToString("[\"plain\",\"fancy_one\"]");
        assertThat(request.at("/properties/owner_id/type").asString()).isEqualTo("string");
        assertThat(request.at("/properties/expires_at/format").asString()).isEqualTo("date-time");
        assertThat(request.path("required")).hasToString("[\"thing_name\"]");
        assertThat(document.at("/components/schemas/ThingView/required")).hasToString("[\"outcome\",\"upload_parts\"]");
        assertThat(document.toString()).doesNotContain("\"null\"");
    }

    @Test
    void argumentsOfResolversAreNoneOfTheClients() {
        JsonNode list = document.at("/paths/~1v1~1probe~1buckets~1{bucket_identifier}~1things~1list/post");

        assertThat(list.path("parameters").findValuesAsString("name"))
                .containsExactly(
                        "bucket_identifier",
                        "X-Namespace",
                        "namespace",
                        "limit",
                        "offset",
                        "page_size",
                        "page",
                        "cursor",
                        "include_total");
        assertThat(list.at("/requestBody/content/application~1json/schema/$ref").asString())
                .isEqualTo("#/components/schemas/Part");
        assertThat(document.at("/paths/~1v1~1probe~1query/get/parameters").findValuesAsString("name"))
                .containsExactly("count", "kind", "word");
        assertThat(list.at("/parameters/3/schema/maximum").asInt()).isEqualTo(1000);
    }

    @Test
    void anOperationThatNeedsNoKeySaysSo() {
        JsonNode open = document.at("/paths/~1v1~1probe~1named~1{name}/get");
        JsonNode closed = document.at("/paths/~1v1~1probe~1named~1{name}/delete");

        assertThat(open.path("security").isEmpty()).isTrue();
        assertThat(open.path("responses").propertyNames()).containsExactly("200", "400", "404", "500", "503");
        assertThat(closed.has("security")).isFalse();
        assertThat(closed.path("responses").propertyNames())
                .containsExactly("200", "400", "401", "403", "404", "409", "429", "500", "503");
        assertThat(closed.at("/responses/200/headers").propertyNames())
                .contains("X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Window");
        assertThat(closed.path("operationId").asString()).isEqualTo("forgetProbe");
    }

    @Test
    void namesInPathsAreDescribedOnceForAllUnlessTheControllerDoes() {
        JsonNode list = document.at("/paths/~1v1~1probe~1buckets~1{bucket_identifier}~1things~1list/post");
        JsonNode named = document.at("/paths/~1v1~1probe~1named~1{name}/get");

        assertThat(list.at("/parameters/0/description").asString())
                .isEqualTo("The bucket's id (`bkt_...`) or its name.");
        assertThat(list.at("/parameters/0/example").asString()).isEqualTo("product-catalog");
        assertThat(named.at("/parameters/0/description").asString()).isEqualTo("The name.");
    }

    @Test
    void anErrorThatTheControllerDescribesHasTheEnvelopeTooAndKeepsItsExample() {
        JsonNode responses = document.at("/paths/~1v1~1probe~1named~1{name}/delete/responses");

        for (String status : new String[] {"404", "409"}) {
            assertThat(responses
                            .path(status)
                            .at("/content/application~1json/schema/$ref")
                            .asString())
                    .isEqualTo("#/components/schemas/ErrorResponse");
        }
        assertThat(responses.at("/404/description").asString()).isEqualTo("Never known.");
        assertThat(responses
                        .at("/404/content/application~1json/example/error/type")
                        .asString())
                .isEqualTo("NotFoundError");
        assertThat(responses.at("/409/content/application~1json/example"))
                .hasToString("{\"success\":false,\"status\":409}");
    }
}
