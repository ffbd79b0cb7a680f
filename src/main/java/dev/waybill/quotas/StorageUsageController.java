package dev.waybill.quotas;

import dev.waybill.auth.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Organizations", description = "The tenant that a key belongs to.")
class StorageUsageController {

    private final Quotas quotas;

    StorageUsageController(Quotas quotas) {
        this.quotas = quotas;
    }

    @GetMapping("/v1/organizations/usage")
    @Operation(
            operationId = "getOrganizationUsage",
            summary = "Get what your organization stores",
            description = "Bytes that are used and reserved, and the storage quota, counted just now.")
    StorageUsageResponse get(Caller caller) {
        return quotas.usage(caller.organization());
    }
}
