package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load of concurrent clients on two instances, of which one may die: each request goes to the one or the other, and
 * without an answer the client goes on with something else; only every other confirm is repeated.
 */
final class Load {

    private static final int CLIENTS = 4;
    private static final byte[] NO_PICTURE = "no picture".getBytes(UTF_8);

    private final Workspace survivor;
    private final Workspace doomed;
    private final EventAudit audit;
    private final String keyed;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private final List<Runnable> works = List.of(
            this::confirm,
            this::cancel,
            this::confirmAtBoth,
            this::confirmAndCancel,
            this::confirmAndDelete,
            this::confirmRefused,
            this::confirmMany,
            this::confirmEqual,
            this::changeAndDelete,
            this::createMany,
            this::upsert,
            this::process,
            this::deleteBucket);

    private Load(Workspace survivor, Workspace doomed, EventAudit audit) {
        this.survivor = survivor;
        this.doomed = doomed;
        this.audit = audit;
        this.keyed = UploadedKeyStoryTests.keyedBucket(survivor.client(), "upsert");
    }

    /** @param audit notes every answer */
    static Load start(Workspace survivor, Workspace doomed, EventAudit audit) {
        Load load = new Load(survivor, doomed, audit);
        for (int i = 0; i < CLIENTS; i++) {
            load.clients.add(TwoInstancesStory.now(load::untilOver));
        }
        return load;
    }

    /** Lets each client finish its turn, and take one more with the instances that are alive. */
    void finish() {
        over.set(true);
        clients.forEach(CompletableFuture::join);
    }

    /** Waits until every client has done so many turns. */
    void awaitTurns(int each) {
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        turn.get() > each * works.size() || clients.stream().anyMatch(CompletableFuture::isDone));
    }

    private Void untilOver() {
        int left = works.size() / CLIENTS + 1;
        while (left > 0) {
            if (over.get()) {
                left--;
            }
            try {
                works.get(turn.getAndIncrement() % works.size()).run();
            } catch (UncheckedIOException died) {
                // Its outcome is unknown.
            }
        }
        return null;
    }

    /** Either of them. */
    private Workspace any() {
        return ThreadLocalRandom.current().nextBoolean() ? doomed : survivor;
    }

    private Workspace other(Workspace shop) {
        return shop == doomed ? survivor : doomed;
    }

    private void confirm() {
        String id = put(any(), SampleFiles.jpeg());
        try {
            audit.seen(any().confirm(id));
        } catch (UncheckedIOException died) {
            if (ThreadLocalRandom.current().nextBoolean()) {
                audit.seen(survivor.confirm(id));
            }
        }
    }

    private void cancel() {
        String id = put(any(), SampleFiles.jpeg());
        audit.seen(any().client().delete(survivor.path("/uploads/" + id)));
    }

    private void confirmAtBoth() {
        String id = put(any(), SampleFiles.jpeg());
        both(any(), shop -> shop.confirm(id), shop -> shop.confirm(id));
    }

    private void confirmAndCancel() {
        String id = put(any(), SampleFiles.jpeg());
        both(any(), shop -> shop.confirm(id), shop -> shop.client().delete(shop.path("/uploads/" + id)));
    }

    private void confirmAndDelete() {
        String id = put(any(), SampleFiles.jpeg());
        Answer confirmed = audit.seen(any().confirm(id));
        if (confirmed.status() == 200) {
            audit.seen(any().client().delete(survivor.path("/objects/" + confirmed.at("/object_id"))));
        }
    }

    private void confirmRefused() {
        String id = put(any(), NO_PICTURE);
        audit.seen(any().confirm(id));
    }

    private void confirmMany() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(put(any(), SampleFiles.jpeg()));
        }
        audit.seen(any().confirmAll(ids));
    }

    private void confirmEqual() {
        byte[] bytes = SampleFiles.jpeg();
        String first = put(any(), bytes);
        String second = put(any(), bytes);
        both(any(), shop -> shop.confirm(first), shop -> shop.confirm(second));
    }

    private void changeAndDelete() {
        Workspace shop = any();
        Answer made = audit.seen(shop.client().post(shop.path("/objects"), Map.of("metadata", Map.of("sku", "1"))));
        String id = made.at("/object_id");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        audit.made(shop.bucket(), id);
        String path = shop.path("/objects/" + id);
        audit.seen(other(shop).client().patch(path, Map.of("key_prefix", "/changed")));
        audit.seen(shop.client().delete(path));
    }

    private void createMany() {
        Workspace shop = any();
        Map<String, ?> object = Map.of("metadata", Map.of("sku", "2"));
        audit.seen(shop.client().post(shop.path("/objects/batch"), Map.of("objects", List.of(object, object))));
    }

    /** Many bring the same few keys, and some delete what has them. */
    private void upsert() {
        Map<String, String> key = Map.of("sku", "A-" + turn.get() % 3);
        Workspace shop = any().in(keyed);
        Answer upload = audit.seen(
                shop.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "object_metadata", key)));
        Workspace.put(upload.json(), SampleFiles.jpeg());
        String id = upload.at("/upload_id");
        both(
                shop,
                any().in(keyed),
                one -> one.confirm(id),
                another -> another.client().post(another.path("/objects"), Map.of("metadata", key)));
        if (turn.get() % 3 == 0) {
            Answer confirmed = audit.seen(shop.upload(id));
            audit.seen(any().client().delete(shop.path("/objects/" + confirmed.at("/object_id"))));
        }
    }

    private void process() {
        String id = put(any(), SampleFiles.jpeg());
        Answer confirmed = audit.seen(any().confirm(id, Map.of("auto_submit_batch", true)));
        if (turn.get() % 3 == 0) {
            audit.seen(any().client().post(survivor.path("/batches/" + confirmed.at("/batch_id") + "/cancel")));
        }
    }

    private void deleteBucket() {
        Workspace shop = any();
        String id = Tenant.bucket(
                shop.client(),
                "bucket-" + turn.get() + "-" + Thread.currentThread().threadId());
        Workspace bucket = shop.in(id);
        Workspace same = other(shop).in(id);
        String first = put(bucket, SampleFiles.jpeg());
        String second = put(bucket, SampleFiles.jpeg());
        int held = audit.seen(bucket.confirm(first)).status() == 200 ? 1 : 0;
        audit.deleting(id, held, 2);
        both(
                bucket,
                same,
                one -> one.confirm(second),
                another -> another.client().delete(another.path("")));
    }

    private String put(Workspace shop, byte[] bytes) {
        Answer upload = audit.seen(shop.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg")));
        Workspace.put(upload.json(), bytes);
        return upload.at("/upload_id");
    }

    private interface Request {

        Answer to(Workspace shop);
    }

    /** Side by side, each with an instance of its own. */
    private void both(Workspace first, Request one, Request another) {
        both(first, other(first), one, another);
    }

    private void both(Workspace first, Workspace second, Request one, Request another) {
        CompletableFuture<Void> meanwhile = TwoInstancesStory.now(() -> answered(one, first));
        answered(another, second);
        meanwhile.join();
    }

    private Void answered(Request request, Workspace shop) {
        try {
            audit.seen(request.to(shop));
        } catch (UncheckedIOException died) {
            // The other one goes on.
        }
        return null;
    }
}
