package dev.waybill.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import dev.waybill.uploads.UploadConfirmation.Confirmed;
import dev.waybill.uploads.UploadConfirmation.Item;
import dev.waybill.uploads.Verifier.Pace;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;

/** Something that nobody foresaw befalls the look at one upload. */
class UploadConfirmationTests {

    private static ServiceUnderTest service;

    private final AtomicBoolean first = new AtomicBoolean(true);
    private final Pace failingOnce = new Pace(
            true,
            () -> {
                if (first.getAndSet(false)) {
                    throw new IllegalStateException("nobody foresaw this");
                }
                return false;
            },
            () -> {});
    private Workspace shop;
    private UploadConfirmation confirmation;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.shared();
    }

    @BeforeEach
    void open() {
        shop = Workspace.create(service.client());
        confirmation = service.bean(UploadConfirmation.class);
    }

    @Test
    void ofManyItIsTheResultOfThatOneAlone() {
        List<Item> items = List.of(put(), put(), put());

        List<Confirmed> confirmed = confirmation.confirm(items, failingOnce);

        assertThat(confirmed).filteredOn(Confirmed.Completed.class::isInstance).hasSize(2);
        assertThat(confirmed)
                .filteredOn(Confirmed.Refused.class::isInstance)
                .singleElement()
                .satisfies(one -> {
                    Confirmed.Refused refused = (Confirmed.Refused) one;
                    assertThat(refused.why())
                            .hasMessageContaining(refused.upload().id() + "' could not be looked at");
                    assertThat(shop.confirm(refused.upload().id().value()).at("/status"))
                            .isEqualTo("COMPLETED");
                });
    }

    @Test
    void ofOneItIsThrownAsItself() {
        Item only = put();

        assertThatThrownBy(() -> confirmation.confirm(only, failingOnce)).hasMessage("nobody foresaw this");

        assertThat(confirmation.confirm(only, failingOnce)).isInstanceOf(Confirmed.Completed.class);
    }

    /** As they go with an upload that is canceled meanwhile, or with its bucket. */
    @Test
    void bytesThatGoWhileTheyAreLookedAtAreMissing() {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        Item only = put();

        assertThat(looked(only, storage::delete)).isInstanceOf(VerificationResult.Missing.class);
        assertThat(confirmation.confirm(only, Pace.TASK))
                .isInstanceOfSatisfying(
                        Confirmed.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(ErrorCode.NOT_IN_STORAGE));
    }

    @Test
    void bytesThatAreReplacedWhileTheyAreLookedAtAreAConflict() {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        byte[] others = "others".getBytes(StandardCharsets.UTF_8);

        VerificationResult looked =
                looked(put(), key -> storage.put(key, new ByteArrayInputStream(others), others.length, "text/plain"));

        assertThat(looked)
                .isInstanceOfSatisfying(
                        VerificationResult.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(ErrorCode.CONFLICT));
    }

    /** @param meanwhile done between the look and the copy */
    private static VerificationResult looked(Item item, Consumer<ObjectKey> meanwhile) {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        ObjectStorage watched = (ObjectStorage) Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(), new Class<?>[] {ObjectStorage.class}, (proxy, method, given) -> {
                    Object answer = method.invoke(storage, given);
                    if (method.getName().equals("glimpse")) {
                        meanwhile.accept((ObjectKey) given[0]);
                    }
                    return answer;
                });
        return VerifierFixtures.over(watched, service)
                .verifyAll(
                        List.of(new Verifier.Item(item.upload().announcement(), item.expected(), good -> false)),
                        Pace.TASK)
                .getFirst();
    }

    private Item put() {
        String id = shop.putJpeg();
        Document row = service.bean(MongoOperations.class)
                .getCollection("uploads")
                .find(new Document("upload_id", id).append("namespace_id", shop.namespace()))
                .first();
        Scope scope =
                new Scope(new OrganizationId(row.getString("organization_id")), new NamespaceId(shop.namespace()));
        UploadEntity upload =
                service.bean(UploadStore.class).find(scope, new UploadId(id)).orElseThrow();
        return new Item(upload, ConfirmExpectations.NOTHING);
    }
}
