package dev.waybill.accounts;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of users, newest first. */
record UserListResponse(
        @Schema(description = "The users of this page, newest first.")
        List<UserResponse> results,

        @Schema(description = "Where this page stands in the list.")
        PaginationResponse pagination,

        @Schema(description = "How many users match in all.", example = "12")
        long total) {

    /** @param page with its total */
    static UserListResponse of(Page<UserEntity> page) {
        Long total = page.total();
        return new UserListResponse(
                page.map(UserResponse::of).items(), PaginationResponse.of(page), total == null ? 0 : total);
    }
}
