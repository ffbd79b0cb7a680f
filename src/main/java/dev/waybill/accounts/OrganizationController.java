package dev.waybill.accounts;

import dev.waybill.auth.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Organizations", description = "The tenant that a key belongs to.")
class OrganizationController {

    private final Organizations organizations;

    OrganizationController(Organizations organizations) {
        this.organizations = organizations;
    }

    @GetMapping("/v1/organizations")
    @Operation(
            operationId = "getOrganization",
            summary = "Get your organization",
            description = "The organization that the key belongs to.")
    OrganizationResponse get(Caller caller) {
        return organizations.get(caller.organization());
    }

    @PostMapping("/v1/organizations")
    @Operation(
            operationId = "createOrganization",
            summary = "Found an organization",
            description = "Makes an organization with an admin and a first key, whose secret is shown this once."
                    + " Needs the operator's key, the one from the configuration.")
    OrganizationResponse.Founded found(Caller caller, @Valid @RequestBody OrganizationCreateRequest request) {
        return organizations.found(caller, request);
    }
}
