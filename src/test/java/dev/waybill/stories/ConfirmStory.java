package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.Orphans;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Base class of tests that act in the middle of a confirm, or crash it there. */
abstract class ConfirmStory {

    static final Interference AT = Interference.create();

    static ServiceUnderTest service;

    Workspace shop;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(AT.settings());
        settings.put("waybill.uploads.expiry-grace", "-2h");
        settings.put("waybill.uploads.expiry-interval", "1h");
        // The walk would finish what is to stay half done.
        settings.put("waybill.objects.walk-interval", "1h");
        // A confirm that is held up may finish before the deletion does.
        settings.put("waybill.deletions.settle", "3s");
        service = ServiceUnderTest.start(Stores.create(), settings);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void open() {
        shop = Workspace.create(service.client());
    }

    @AfterEach
    void removeOrphans() {
        assertThat(AT.isOver()).isTrue();
        Orphans.remove(service);
    }

    Answer cancel(String upload) {
        return cancel(shop, upload);
    }

    static Answer cancel(Workspace in, String upload) {
        return in.client().delete(in.path("/uploads/" + upload));
    }

    static String put(Workspace in, byte[] bytes) {
        Answer upload = in.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "object_metadata", Map.of("sku", "A-1")));
        assertThat(Workspace.put(upload.json(), bytes).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }
}
