package dev.waybill.accounts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Request body to list a user's API keys. */
record ListApiKeysRequest(
        @Schema(description = "Whether revoked keys are listed too.", defaultValue = "false") @Nullable
        Boolean includeRevoked,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    /** Sortable fields. */
    static final Fields FIELDS = Fields.builder().instant("created_at").build();
}
