package dev.waybill.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import dev.waybill.uploads.UploadConfirmation.Confirmed;
import dev.waybill.uploads.Verifier.Item;
import dev.waybill.uploads.Verifier.Pace;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private Item put() {
        String id = shop.putJpeg();
        Document row = service.bean(MongoOperations.class)
                .getCollection("uploads")
                .find(new Document("upload_id", id).append("namespace_id", shop.namespace()))
                .first();
        Scope scope =
                new Scope(new OrganizationId(row.getString("organization_id")), new NamespaceId(shop.namespace()));
        Upload upload =
                service.bean(UploadStore.class).find(scope, new UploadId(id)).orElseThrow();
        return new Item(upload, ConfirmExpectations.NOTHING);
    }
}
