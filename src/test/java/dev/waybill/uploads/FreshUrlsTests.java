package dev.waybill.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.UploadOutcome;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;

class FreshUrlsTests {

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Workspace workspace = Workspace.create(service.client());

    /** After a crash between the tombstone of a cancel and the update of the upload. */
    @Test
    void anUploadWithADecidedOutcomeIsNotRenewed() {
        String id = workspace.askForJpeg().at("/upload_id");
        UploadEntity upload = stored(id);
        UploadOutcome canceled = new UploadOutcome(UploadOutcome.Cause.CANCELED, "", false);
        service.bean(ObjectWriter.class).write(List.of(UploadDrafts.tombstone(upload, canceled, Instant.now())));

        Answer refused = workspace.client().post(workspace.path("/uploads/" + id + "/url"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.at("/error/details/code")).isEqualTo("upload_not_pending");
        assertThat(refused.at("/error/message")).contains("decided already");
        assertThat(stored(id).expiresAt()).isEqualTo(upload.expiresAt());
        assertThat(workspace.confirm(id).at("/error/details/status")).isEqualTo("CANCELED");
    }

    private UploadEntity stored(String id) {
        Document row = service.bean(MongoOperations.class)
                .getCollection("uploads")
                .find(new Document("upload_id", id).append("namespace_id", workspace.namespace()))
                .first();
        Scope scope =
                new Scope(new OrganizationId(row.getString("organization_id")), new NamespaceId(workspace.namespace()));
        return service.bean(UploadStore.class).find(scope, new UploadId(id)).orElseThrow();
    }
}
