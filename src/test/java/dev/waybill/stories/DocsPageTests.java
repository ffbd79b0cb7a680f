package dev.waybill.stories;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.waybill.testing.Browser;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody does who opens the documentation in a browser for the first time. Needs Chromium. The pictures are in
 * {@code target/pictures}.
 */
class DocsPageTests {

    private static final JsonMapper JSON = new JsonMapper();

    Browser browser;
    ServiceUnderTest service;
    Page page;

    @BeforeEach
    void open() {
        browser = Browser.start();
        // Of its own: the names that the page fills in are still free.
        service = ServiceUnderTest.start(Stores.create());
        page = browser.open(service.base().resolve("/"));
        authorize();
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void thePageOpensWhereOneBeginsAndFillsInOnlyWhatIsNeeded() {
        assertThat(page.locator(".info .title")).containsText("Waybill 1.0");
        assertThat(page.locator(".opblock-tag").allTextContents().stream().limit(4))
                .zipSatisfy(
                        List.of("Namespaces", "Buckets", "Uploads", "Objects"),
                        (shown, tag) -> assertThat(shown).startsWith(tag));
        Browser.picture(page, "docs");

        execute("Namespaces", "createNamespace", Map.of());
        execute("Buckets", "createBucket", Map.of());
        assertThat(execute("Buckets", "listBuckets", Map.of()).findValuesAsString("bucket_name"))
                .containsExactly("product-catalog");

        assertThat(browser.errors()).isEmpty();
    }

    /** With each operation Swagger UI reads much of the document: more than a second of the processor's time. */
    @Test
    @Tag("soak")
    void theQuickstartWorksAsItIsFilledIn() {
        execute("Health", "getHealth", Map.of());
        execute("Namespaces", "createNamespace", Map.of());
        execute("Buckets", "createBucket", Map.of());
        JsonNode upload = execute("Uploads", "createUpload", Map.of());
        assertThat(Workspace.put(upload, SampleFiles.jpeg()).statusCode()).isEqualTo(200);
        String uploadId = upload.path("upload_id").asString();
        JsonNode confirmed = execute("Uploads", "confirmUpload", Map.of("upload_id", uploadId));
        String objectId = confirmed.path("object_id").asString();
        execute("Objects", "getObject", Map.of("object_identifier", objectId));

        assertThat(execute("Buckets", "listBuckets", Map.of()).findValuesAsString("bucket_name"))
                .containsExactly("product-catalog");
        assertThat(execute("Uploads", "listUploads", Map.of()).findValuesAsString("upload_id"))
                .containsExactly(uploadId);
        assertThat(execute("Objects", "listObjects", Map.of()).findValuesAsString("object_id"))
                .containsExactly(objectId);
        execute("Batches", "createBatch", Map.of("obj_0VXsK2aQ3nB8xYz1", objectId));
        execute("Tasks", "listTasks", Map.of());

        assertThat(browser.errors()).isEmpty();
    }

    private void authorize() {
        page.locator(".auth-wrapper > button.authorize").click();
        Locator dialog = page.locator(".dialog-ux");
        dialog.locator("input").fill(ServiceUnderTest.API_KEY);
        dialog.locator("button.authorize").click();
        Browser.picture(page, "docs-authorize");
        dialog.locator("button.btn-done").click();
    }

    /** @param ids what is put in: at a parameter, or in the body instead of an example */
    private JsonNode execute(String tag, String operation, Map<String, String> ids) {
        Locator block = opened(tag, operation);
        ids.forEach((place, id) -> {
            if (place.startsWith("obj_")) {
                assertThat(body(block)).not().hasValue("");
                String body = body(block).inputValue();
                assertThat(body).contains(place);
                body(block).fill(body.replace(place, id));
            } else {
                block.locator("tr[data-param-name='%s'] input".formatted(place)).fill(id);
            }
        });
        if (operation.equals("createUpload")) {
            assertThat(body(block)).not().hasValue("");
            assertThat(filledIn(block))
                    .isEqualTo(Map.of("bucket_identifier", "product-catalog", "X-Namespace", "production"));
            assertThat(JSON.readTree(body(block).inputValue()).propertyNames())
                    .containsExactly("filename", "content_type");
            Browser.picture(page, "docs-filled-in");
        }
        if (operation.equals("listBuckets")) {
            assertThat(body(block)).hasValue("{}");
            // And defaults, which the service takes anyway.
            assertThat(filledIn(block)).isEqualTo(Map.of("X-Namespace", "production", "include_total", "false"));
        }
        Response answer = page.waitForResponse(
                response -> response.url().startsWith(service.base() + "/v1/"),
                () -> block.locator("button.execute").click());
        assertThat(answer.status()).as("%s: %s", operation, answer.text()).isEqualTo(200);
        assertThat(block.locator(".live-responses-table .response-col_status").last())
                .containsText("200");
        if (operation.equals("createBucket")) {
            Browser.picture(page, "docs-tried");
        }
        block.locator(".opblock-summary-control").click();
        tag(tag).click();
        return JSON.readTree(answer.text());
    }

    private Locator opened(String tag, String operation) {
        tag(tag).click();
        Locator block = page.locator("#operations-%s-%s".formatted(tag, operation));
        block.locator(".opblock-summary-control").click();
        block.locator("tr[data-param-name]").first().waitFor();
        return block;
    }

    private Locator tag(String name) {
        return page.locator("#operations-tag-" + name);
    }

    private static Locator body(Locator block) {
        return block.locator("textarea.body-param__text");
    }

    private static Map<String, String> filledIn(Locator block) {
        return block.locator("tr[data-param-name]").all().stream()
                .filter(row -> !field(row).inputValue().isEmpty())
                .collect(Collectors.toMap(
                        row -> row.getAttribute("data-param-name"),
                        row -> field(row).inputValue()));
    }

    private static Locator field(Locator row) {
        return row.locator("input, select").first();
    }
}
