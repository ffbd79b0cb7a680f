package dev.waybill.platform.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.testing.FullDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlFetcherTests {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void aFileComesWithItsNameAndItsHash() throws IOException {
        try (RawServer server = RawServer.saying(OK);
                FetchedFile file = local().fetch(server.url("/a/photo%201.txt?x=1"), 1000)) {
            assertThat(file.filename()).isEqualTo("photo 1.txt");
            assertThat(file.contentType()).isEqualTo("text/plain");
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.head(2)).isEqualTo("he".getBytes(ISO_8859_1));
            assertThat(file.open().readAllBytes()).isEqualTo("hello".getBytes(ISO_8859_1));
            assertThat(file.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        }
    }

    @Test
    void aDiskThatGetsFullOnTheWayIsNotTheUrlsFault() throws IOException {
        String body = "x".repeat(90_000);
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawServer server = RawServer.saying(answer)) {
            StorageException full = catchThrowableOfType(
                    StorageException.class,
                    () -> Fetching.spooling(FullDisk.after(50_000)).fetch(server.url("/a"), 100_000));
            assertThat(full.code()).isEqualTo(ErrorCode.LOCAL_DISK_FULL);
        }
        assertThat(spooled()).isZero();
    }

    @Test
    void aServersNameCountsBeforeTheUrls() {
        String said = OK.replace(
                "Content-Length", "Content-Disposition: attachment; filename=\"prices.csv\"\r\nContent-Length");
        String twice = OK.replace(
                "Content-Length",
                "Content-Disposition: attachment; filename=x.bin; filename*=UTF-8''%e5%95%86%e5%93%81.csv\r\nContent-Length");
        String folders = OK.replace(
                "Content-Length", "Content-Disposition: inline; filename=\"../../etc/a.txt\"\r\nContent-Length");

        assertThat(nameOf(said, "/export?format=csv")).isEqualTo("prices.csv");
        for (String page : new String[] {"/get.php", "/get.aspx?id=3", "/page.html", "/all.zip", "/real.txt", "/"}) {
            assertThat(nameOf(said, page)).isEqualTo("prices.csv");
        }
        assertThat(nameOf(OK, "/real.txt")).isEqualTo("real.txt");
        assertThat(nameOf(twice, "/export")).isEqualTo("\u5546\u54c1.csv");
        assertThat(nameOf(folders, "/export")).isEqualTo("a.txt");
        assertThat(nameOf(OK, "/export")).isEqualTo("export");
    }

    private static String nameOf(String answer, String path) {
        try (RawServer server = RawServer.saying(answer);
                FetchedFile file = local().fetch(server.url(path), 1000)) {
            return file.filename();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "x-gzip",
                "GZIP",
                "deflate",
                "identity",
                "identity, gzip",
                "gzip, identity",
                "aws-chunked",
                "gzip,aws-chunked",
                "deflate, gzip",
                "gzip,gzip",
                "gzip\r\nContent-Encoding: deflate"
            })
    void whatIsPackedOnTheWayIsUnpacked(String encoding) throws IOException {
        byte[] packed = packed(encoding, "hello".getBytes(ISO_8859_1));
        try (RawServer server = RawServer.start(out -> {
                    out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: "
                                    + packed.length + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
                    out.write(packed);
                });
                FetchedFile file = local().fetch(server.url("/a.txt"), 1000)) {
            assertThat(file.open().readAllBytes()).isEqualTo("hello".getBytes(ISO_8859_1));
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.read(1, 3)).isEqualTo("ell".getBytes(ISO_8859_1));
        }
    }

    private static byte[] packed(String encodings, byte[] bytes) throws IOException {
        byte[] packed = bytes;
        for (String encoding : encodings.replace("\r\nContent-Encoding:", ",").split(",")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream into = switch (encoding.strip()) {
                case "deflate" -> new DeflaterOutputStream(out);
                case "identity", "aws-chunked" -> out;
                default -> new GZIPOutputStream(out);
            }) {
                into.write(packed);
            }
            packed = out.toByteArray();
        }
        return packed;
    }

    @Test
    void whatUnpacksToTooMuchIsRefused() throws IOException {
        byte[] packed = packed("gzip", new byte[1_000_000]);
        try (RawServer server = RawServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".getBytes(ISO_8859_1));
            out.write(packed);
        })) {
            WaybillException refused =
                    catchThrowableOfType(WaybillException.class, () -> local().fetch(server.url("/a"), 100_000));

            assertThat(refused.code()).isEqualTo(ErrorCode.FILE_TOO_LARGE);
        }
    }

    @Test
    void anEncodingThatNobodyHereKnowsIsNamed() {
        try (RawServer server =
                RawServer.saying(OK.replace("Content-Length", "Content-Encoding: br\r\nContent-Length"))) {
            WaybillException refused =
                    catchThrowableOfType(WaybillException.class, () -> local().fetch(server.url("/a"), 1000));

            assertThat(refused.code()).isEqualTo(ErrorCode.URL_UNREACHABLE);
            assertThat(refused).hasMessageContaining("'br'").hasMessageContaining("gzip");
        }
    }

    @Test
    void theAddressThatWasLookedUpIsTheOneConnectedTo() {
        AtomicInteger requests = new AtomicInteger();
        HostLookup counting = host -> {
            requests.incrementAndGet();
            return new InetAddress[] {address("127.0.0.1")};
        };
        try (RawServer server = RawServer.saying(OK);
                FetchedFile file = Fetching.fetcher(counting, "files.example")
                        .fetch("http://files.example:" + server.port() + "/", 100)) {
            assertThat(file.size()).isEqualTo(5);
            assertThat(requests).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreFollowed(int status) {
        try (RawServer end = RawServer.saying(OK);
                RawServer start = RawServer.saying(redirect(status, end.url("/end.txt")));
                FetchedFile file = local().fetch(start.url("/start"), 100)) {
            assertThat(file.size()).isEqualTo(5);
            assertThat(file.filename()).isEqualTo("end.txt");
        }
    }

    @Test
    void redirectsInRawUtf8AreFollowed() throws IOException {
        String raw = new String("/写真.txt".getBytes(StandardCharsets.UTF_8), ISO_8859_1);
        AtomicReference<String> requestedPath = new AtomicReference<>("");
        HttpServer end = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        end.createContext("/", exchange -> {
            requestedPath.set(exchange.getRequestURI().getRawPath());
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(ISO_8859_1));
            exchange.close();
        });
        end.start();
        String target = "http://127.0.0.1:%d%s".formatted(end.getAddress().getPort(), raw);
        try (RawServer start = RawServer.saying(redirect(302, target));
                FetchedFile file = local().fetch(start.url("/"), 100)) {
            assertThat(requestedPath.get()).isEqualTo("/%E5%86%99%E7%9C%9F.txt");
            assertThat(file.filename()).isEqualTo("写真.txt");
        } finally {
            end.stop(0);
        }
    }

    @Test
    void redirectsWithSpacesAndDotsAreFollowedPastTheGuard() {
        try (RawServer end = RawServer.saying(OK);
                RawServer start = RawServer.saying(redirect(302, end.url("/x/../my file.txt")));
                FetchedFile file = local().fetch(start.url("/a b"), 100)) {
            assertThat(file.filename()).isEqualTo("my file.txt");
        }
        try (RawServer start = RawServer.saying(redirect(302, "http://10.0.0.1/my file.txt"))) {
            assertThat(refusal(local(), start.url("/a b")).code()).isEqualTo(ErrorCode.URL_REFUSED);
        }
    }

    @Test
    void redirectsHaveAnEnd() {
        try (RawServer server = RawServer.saying(redirect(302, "/again"))) {
            assertThat(refusal(local(), server.url("/")).getMessage()).contains("more than 3 redirects");
            assertThat(server.connections()).isEqualTo(4);
        }
    }

    @Test
    void anEndlessBodyIsCutOff() {
        try (RawServer server = RawServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            byte[] block = new byte[8192];
            while (true) {
                out.write(block);
            }
        })) {
            assertThat(refusal(local(), server.url("/")).code()).isEqualTo(ErrorCode.FILE_TOO_LARGE);
        }
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsNotRead() {
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n")) {
            assertThat(refusal(local(), server.url("/")).code()).isEqualTo(ErrorCode.FILE_TOO_LARGE);
        }
    }

    @Test
    void endlessHeadersAreCutOff() {
        try (RawServer server = RawServer.start(out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
            while (true) {
                out.write("X-Filler: abc\r\n".getBytes(ISO_8859_1));
            }
        })) {
            assertThat(refusal(local(), server.url("/")).code()).isEqualTo(ErrorCode.URL_UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"})
    void trickledBytesRunIntoTheTotalLimit(String start) {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = RawServer.start(out -> {
            out.write(start.getBytes(ISO_8859_1));
            while (!await(done, 100)) {
                out.write('a');
                out.flush();
            }
        })) {
            long began = System.nanoTime();

            WaybillException refused = refusal(Fetching.patient("127.0.0.1"), server.url("/"));

            done.countDown();
            assertThat(refused.getMessage()).contains("took longer than 1500 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void silenceRunsIntoTheIdleLimit() {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = RawServer.start(out -> await(done, 20_000))) {
            assertThat(refusal(local(), server.url("/")).code()).isEqualTo(ErrorCode.URL_UNREACHABLE);
            done.countDown();
        }
    }

    @Test
    void aLookupThatHangsIsNotWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);
        HostLookup hanging = host -> {
            await(never, 20_000);
            return new InetAddress[0];
        };

        assertThat(refusal(Fetching.fetcher(hanging), "http://slow.example/").getMessage())
                .contains("cannot be found");
        never.countDown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nbroken off",
                "SSH-2.0-OpenSSH\r\n\r\n",
                ""
            })
    void anythingButAWholeFileIsAnError(String answer) {
        try (RawServer server = RawServer.saying(answer)) {
            assertThat(refusal(local(), server.url("/")).code()).isEqualTo(ErrorCode.URL_UNREACHABLE);
        }
    }

    @Test
    void nobodyListeningIsAnErrorThatNamesTheHost() {
        RawServer gone = RawServer.saying(OK);
        gone.close();

        WaybillException refused = refusal(local(), gone.url("/"));

        assertThat(refused.code()).isEqualTo(ErrorCode.URL_UNREACHABLE);
        assertThat(refused.getMessage()).contains("127.0.0.1");
    }

    @Test
    void nothingStaysBehindOnTheDisk() throws IOException {
        long before = spooled();
        try (RawServer server = RawServer.saying(OK)) {
            local().fetch(server.url("/"), 100).close();
            refusal(local(), server.url("/"), 2);
        }
        assertThat(spooled()).isEqualTo(before);
    }

    private static long spooled() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("waybill-fetch-"))
                    .count();
        }
    }

    static UrlFetcher local() {
        return Fetching.fetcher(HostLookup.SYSTEM, "127.0.0.1");
    }

    static UrlFetcher fetcher() {
        return Fetching.fetcher(HostLookup.SYSTEM);
    }

    static WaybillException refusal(UrlFetcher fetcher, String url) {
        return refusal(fetcher, url, Fetching.MAX_BYTES);
    }

    static WaybillException refusal(UrlFetcher fetcher, String url, long maxBytes) {
        WaybillException refused = catchThrowableOfType(
                WaybillException.class, () -> fetcher.fetch(url, maxBytes).close());
        assertThat(refused).as(url).isNotNull();
        return refused;
    }

    static String redirect(int status, String location) {
        return "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n".formatted(status, location);
    }

    static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
