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
import dev.waybill.uploads.verification.ConfirmExpectations;
import dev.waybill.uploads.verification.VerificationResult;
import dev.waybill.uploads.verification.Verifier;
import dev.waybill.uploads.verification.Verifier.Pace;
import dev.waybill.uploads.verification.VerifierFixtures;
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

/** Unexpected failures and concurrent changes during verification. */
class UploadConfirmationTests {

    private static ServiceUnderTest service;

    private final AtomicBoolean first = new AtomicBoolean(true);
    private final Pace failingOnce = new Pace(
            true,
            () -> {
                if (first.getAndSet(false)) {
                    throw new IllegalStateException("unexpected failure");
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
    void anUnexpectedFailureOfOneOfManyIsItsResultAlone() {
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
    void anUnexpectedFailureOfASingleUploadIsThrown() {
        Item only = put();

        assertThatThrownBy(() -> confirmation.confirm(only, failingOnce)).hasMessage("unexpected failure");

        assertThat(confirmation.confirm(only, failingOnce)).isInstanceOf(Confirmed.Completed.class);
    }

    /** As when they are deleted together with a canceled upload or its bucket. */
    @Test
    void bytesDeletedDuringVerificationAreMissing() {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        Item only = put();

        assertThat(verify(only, storage::delete)).isInstanceOf(VerificationResult.Missing.class);
        assertThat(confirmation.confirm(only, Pace.TASK))
                .isInstanceOfSatisfying(
                        Confirmed.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(ErrorCode.NOT_IN_STORAGE));
    }

    @Test
    void bytesReplacedDuringVerificationAreAConflict() {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        byte[] replacement = "others".getBytes(StandardCharsets.UTF_8);

        VerificationResult result = verify(
                put(),
                key -> storage.put(key, new ByteArrayInputStream(replacement), replacement.length, "text/plain"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        VerificationResult.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(ErrorCode.CONFLICT));
    }

    /** @param meanwhile done between the read of the first bytes and the copy */
    private static VerificationResult verify(Item item, Consumer<ObjectKey> meanwhile) {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        ObjectStorage watched = (ObjectStorage) Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(),
                new Class<?>[] {ObjectStorage.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(storage, arguments);
                    if (method.getName().equals("readHead")) {
                        meanwhile.accept((ObjectKey) arguments[0]);
                    }
                    return result;
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
