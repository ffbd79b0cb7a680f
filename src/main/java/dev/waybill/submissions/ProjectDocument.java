package dev.waybill.submissions;

import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Work that an organization asks its agents for, as it is stored.
 *
 * @param acceptedTypes media types of files, such as {@code image/png} or {@code image/*}; empty for any
 * @param deadline from when on nothing new is taken; null for never
 * @param maxFileSizeBytes the largest file, 1 byte to 5 GiB
 * @param agentIds who may submit; empty for all agents of the organization
 * @param status as on the wire, because callers filter by it
 */
@Document(ProjectDocument.COLLECTION)
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
record ProjectDocument(
        @Id String key,
        OrganizationId organizationId,
        ProjectId projectId,
        String name,
        String prompt,
        List<String> acceptedTypes,
        @Nullable Instant deadline,
        long maxFileSizeBytes,
        List<AgentId> agentIds,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLLECTION = "projects";

    ProjectDocument {
        acceptedTypes = List.copyOf(acceptedTypes);
        agentIds = List.copyOf(agentIds);
    }

    boolean isFor(AgentId agent) {
        return agentIds.isEmpty() || agentIds.contains(agent);
    }

    /** @param mediaType by any of its names, without parameters, in lower case */
    boolean accepts(String mediaType) {
        return acceptedTypes.isEmpty() || acceptedTypes.stream().anyMatch(accepted -> accepts(accepted, mediaType));
    }

    private static boolean accepts(String accepted, String mediaType) {
        String type = MediaTypes.canonical(mediaType);
        if (accepted.equals("*/*")) {
            return true;
        }
        if (accepted.endsWith("/*")) {
            String tree = accepted.substring(0, accepted.length() - 1);
            return mediaType.startsWith(tree) || type.startsWith(tree);
        }
        // JSON Lines is JSON line by line.
        boolean isJson = MediaTypes.canonical(accepted).equals("application/json") && FileKind.JSON.takes(type);
        return isJson || MediaTypes.canonical(accepted).equals(type);
    }

    boolean isOpen() {
        return ProjectStatus.OPEN.wire().equals(status);
    }

    boolean isOver(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
