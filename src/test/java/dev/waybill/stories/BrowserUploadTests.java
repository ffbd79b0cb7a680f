package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.FilePayload;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Browser;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the pages of docs/browser.md in Chromium: they are of another origin than the service and its storage. */
class BrowserUploadTests {

    private static final Pattern PROGRESS = Pattern.compile("film\\.bin: \\d+ %");
    private static final Pattern OBJECT = Pattern.compile("(.+): is there now, (obj_\\w+)");

    /** Keeps every text that a line of the page ever had. */
    private static final String WATCH = """
            () => {
              window.seen = [];
              const list = document.querySelector("ul");
              new MutationObserver(() => [...list.children].forEach((line) => window.seen.push(line.textContent)))
                .observe(list, { childList: true, subtree: true, characterData: true });
            }""";

    private static Browser browser;

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private Workspace workspace;

    @TempDir
    Path folder;

    @BeforeAll
    static void startTheBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openABucket() {
        workspace = Workspace.create(
                service.client(),
                Map.of(
                        "picture", Map.of("type", "image"),
                        "paper", Map.of("type", "pdf"),
                        "note", Map.of("type", "text"),
                        "rest", Map.of("type", "binary")));
    }

    @Test
    void plainJavaScript() throws Exception {
        try (PageServer server = PageServer.start(folder, service, workspace)) {
            uploadsEveryFile(server.address());
        }
    }

    @Test
    void uppySix() throws Exception {
        Path packages = Path.of("clients", "uppy-6");
        try (PageServer server = PageServer.bundled(folder, packages, "uppy-6.js", service, workspace)) {
            uploadsEveryFile(server.address());
            confirmsAgainWithoutASecondPut(server.address());
        }
    }

    @Test
    void uppyFive() throws Exception {
        Path packages = Path.of("clients", "uppy-5");
        try (PageServer server = PageServer.bundled(folder, packages, "uppy-5.js", service, workspace)) {
            uploadsEveryFile(server.address());
            confirmsAgainWithoutASecondPut(server.address());
        }
    }

    private void uploadsEveryFile(URI address) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Käse.png", SampleFiles.png());
        files.put("paper.pdf", SampleFiles.pdf());
        files.put("note.txt", "Grüße".getBytes(UTF_8));
        files.put("empty.txt", new byte[0]);
        Page page = browser.open(address);
        page.evaluate(WATCH);

        choose(
                page,
                file("Käse.png", "image/png", files.get("Käse.png")),
                file("paper.pdf", "application/pdf", files.get("paper.pdf")),
                file("note.txt", "text/plain", files.get("note.txt")),
                file("empty.txt", "text/plain", files.get("empty.txt")));
        ended(page, 4);
        files.put("film.bin", new byte[30 << 20]);
        new Random(19).nextBytes(files.get("film.bin"));
        Path film = Files.write(folder.resolve("film.bin"), files.get("film.bin"));
        page.locator("input").setInputFiles(film);
        List<String> lines = ended(page, 5);

        assertThat(lines).allMatch(line -> OBJECT.matcher(line).matches());
        for (String line : lines) {
            Matcher told = OBJECT.matcher(line);
            assertThat(told.matches()).isTrue();
            assertThat(bytes(told.group(2), told.group(1))).as(line).isEqualTo(files.remove(told.group(1)));
        }
        assertThat(files).isEmpty();
        assertThat((List<?>) page.evaluate("() => window.seen"))
                .anyMatch(text -> PROGRESS.matcher(text.toString()).matches());
        tellsDuplicatesAndWrongFiles(page);
        tellsWhatStorageRefuses(page);
        page.close();
    }

    private void tellsDuplicatesAndWrongFiles(Page page) {
        byte[] png = SampleFiles.png();
        choose(page, file("first.png", "image/png", png));
        String first = ended(page, 6).getLast();
        choose(page, file("second.png", "image/png", png));
        String second = ended(page, 7).getLast();
        choose(page, file("photo.png", "image/png", "no picture".getBytes(UTF_8)));
        String wrong = ended(page, 8).getLast();

        Matcher told = OBJECT.matcher(first);
        assertThat(told.matches()).as(first).isTrue();
        assertThat(second).isEqualTo("second.png: was there before, " + told.group(2));
        assertThat(wrong).isEqualTo("photo.png: failed, Invalid file format: Expected IMAGE, got TEXT");
    }

    private void tellsWhatStorageRefuses(Page page) {
        page.route(
                url -> url.contains("/staging/"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(403)
                        .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))));

        choose(page, file("late.txt", "text/plain", "too late".getBytes(UTF_8)));

        assertThat(ended(page, 9).getLast()).startsWith("late.txt: failed, the URL has expired");
    }

    private void confirmsAgainWithoutASecondPut(URI address) {
        Page page = browser.open(address);
        AtomicInteger puts = new AtomicInteger();
        page.onRequest(request -> puts.addAndGet(request.method().equals("PUT") ? 1 : 0));
        page.route(
                "**/confirm",
                route ->
                        route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{\"message\": \"not now\"}")));
        choose(page, file("again.txt", "text/plain", "twice".getBytes(UTF_8)));
        assertThat(ended(page, 1)).containsExactly("again.txt: failed, not now");
        page.unroute("**/confirm");

        page.evaluate("() => uppy.retryAll()");

        assertThat(page.locator("li").allTextContents())
                .allMatch(line -> OBJECT.matcher(line).matches());
        assertThat(puts).hasValue(1);
        page.close();
    }

    @Test
    void storageSaysWhatThePageOfTheDocumentationExplains() throws Exception {
        try (PageServer server = PageServer.start(folder, service, workspace)) {
            Page page = browser.open(server.address());
            Map<String, ?> note = Map.of("filename", "a.txt", "content_type", "text/plain");
            Map<String, ?> sized = Map.of("filename", "a.txt", "content_type", "text/plain", "file_size_bytes", 5);
            Map<String, ?> sealed = Map.of("filename", "a.txt", "content_type", "text/plain", "sealed", true);
            Map<String, ?> hashed = Map.of(
                    "filename", "a.txt", "content_type", "text/plain", "sealed", true, "file_hash", "0".repeat(64));

            assertThat(put(page, note, Map.of("Content-Type", "text/html"), "Blob"))
                    .isEqualTo(403);
            assertThat(put(page, sized, Map.of(), "Blob")).isEqualTo(403);
            assertThat(put(page, hashed, Map.of(), "Blob")).isEqualTo(400);
            Answer upload = workspace.ask(sealed);
            assertThat(put(page, upload, Map.of(), "Blob")).isEqualTo(200);
            assertThat(put(page, upload, Map.of(), "Blob")).isEqualTo(412);
            assertThat(workspace.confirm(upload.at("/upload_id")).at("/status")).isEqualTo("COMPLETED");
            assertThat(put(page, note, Map.of(), "ReadableStream")).isEqualTo("TypeError");
            page.close();
        }
    }

    private Object put(Page page, Map<String, ?> request, Map<String, String> headers, String body) {
        Answer upload = workspace.ask(request);
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        return put(page, upload, headers, body);
    }

    /** PUTs "some bytes" from within the page. @return the status, or the name of the error */
    private static Object put(Page page, Answer upload, Map<String, String> headers, String body) {
        Map<String, String> all = new LinkedHashMap<>();
        upload.json()
                .at("/required_headers")
                .properties()
                .forEach(header -> all.put(header.getKey(), header.getValue().asString()));
        all.putAll(headers);
        return page.evaluate("""
                async ({ url, headers, body }) => {
                  const bytes = new Blob(["some bytes"]);
                  const sent = body === "Blob" ? { body: bytes } : { body: bytes.stream(), duplex: "half" };
                  try {
                    return (await fetch(url, { method: "PUT", headers, ...sent })).status;
                  } catch (error) {
                    return error.name;
                  }
                }""", Map.of("url", upload.at("/presigned_url"), "headers", all, "body", body));
    }

    private static FilePayload file(String name, String type, byte[] bytes) {
        return new FilePayload(name, type, bytes);
    }

    private static void choose(Page page, FilePayload... files) {
        page.locator("input").setInputFiles(files);
    }

    /** Waits until so many files have ended, well or not. @return the page's lines */
    private static List<String> ended(Page page, int files) {
        try {
            page.waitForCondition(() -> {
                List<String> lines = page.locator("li").allTextContents();
                return lines.size() == files && lines.stream().noneMatch(line -> line.endsWith("%"));
            });
        } catch (TimeoutError e) {
            throw new AssertionError("still " + page.locator("li").allTextContents(), e);
        }
        return page.locator("li").allTextContents();
    }

    private byte[] bytes(String object, String filename) {
        Answer answer = workspace.client().get(workspace.path("/objects/" + object + "?return_presigned_urls=true"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("/blobs/0/details/filename")).as(answer.text()).isEqualTo(filename);
        return Workspace.get(answer.at("/blobs/0/presigned_url")).body();
    }
}
