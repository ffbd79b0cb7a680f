package dev.waybill.stories;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Base class of tests of objects: a service that may fetch from this machine, and a web server with files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectStory {

    static final ServiceUnderTest SERVICE =
            ServiceUnderTest.shared(Map.of("waybill.fetch.allow", "127.0.0.1", "waybill.objects.inline-up-to", "100B"));

    /** How often each path of the web server was requested. */
    final Map<String, Integer> fetched = new ConcurrentHashMap<>();

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private HttpServer web;

    @BeforeAll
    void startWeb() throws IOException {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            fetched.merge(path, 1, Integer::sum);
            byte[] file = files.get(path);
            if (types.containsKey(path)) {
                exchange.getResponseHeaders().set("Content-Type", types.get(path));
            }
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.start();
    }

    @AfterAll
    void stopWeb() {
        web.stop(0);
    }

    static List<String> stored(Workspace shop) {
        ObjectStorage storage = SERVICE.bean(ObjectStorage.class);
        return storage.list("", null, 1000).stream()
                .map(object -> object.key().value())
                .filter(key -> key.contains("/" + shop.namespace() + "/"))
                .toList();
    }

    static Answer create(Workspace shop, Object body) {
        return shop.client().post(shop.path("/objects"), body);
    }

    static Map<String, Object> link(String property, String url) {
        return blob(property, "image", "url", url);
    }

    static Map<String, Object> blob(String property, String type, String how, Object content) {
        Map<String, Object> blob = new LinkedHashMap<>();
        blob.put("property", property);
        blob.put("type", type);
        blob.put(how, content);
        return blob;
    }

    String base() {
        return "http://127.0.0.1:" + web.getAddress().getPort();
    }

    String serve(String path, byte[] bytes) {
        files.put(path, bytes);
        return base() + path;
    }

    /** With this Content-Type. */
    String serve(String path, byte[] bytes, String contentType) {
        types.put(path, contentType);
        return serve(path, bytes);
    }
}
