package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The rooms of the house and the doors between them. Checks alone: {@code ./mvnw process-test-classes}. */
class ModularityTests {

    /** Every room. A new one is a decision: it is added here, and to the list of rooms in the README. */
    private static final List<String> ROOMS = List.of(
            "auth",
            "auth.access",
            "batches",
            "blobs",
            "buckets",
            "collections",
            "connections",
            "connectors",
            "connectors.azure",
            "connectors.box",
            "connectors.gcs",
            "connectors.mux",
            "connectors.rest",
            "connectors.s3",
            "deletions",
            "extraction",
            "idempotency",
            "namespaces",
            "objects",
            "platform.deadline",
            "platform.errors",
            "platform.events",
            "platform.fetch",
            "platform.formats",
            "platform.health",
            "platform.ids",
            "platform.mongo",
            "platform.query",
            "platform.redis",
            "platform.secrets",
            "platform.startup",
            "platform.storage",
            "platform.tenancy",
            "platform.text",
            "platform.web",
            "quotas",
            "submissions",
            "syncs",
            "tasks",
            "uploads",
            "webhooks");

    private final ApplicationModules modules = ApplicationModules.of(WaybillApplication.class);

    @Test
    void everyRoomUsesOnlyWhatItDeclares() {
        var violations = modules.detectViolations();

        assertThat(violations.getMessages())
                .as("A room uses another that its package-info does not allow, or looks behind another's door. "
                        + "Fix: use what the other room makes public, or let the arrow run the other way (a port that "
                        + "the lower room declares and the upper one implements); only then consider adding the room "
                        + "to allowedDependencies. Check: ./mvnw process-test-classes")
                .isEmpty();
    }

    @Test
    void theRoomsAreThese() {
        var rooms = new TreeSet<String>();
        modules.forEach(module -> rooms.add(module.getIdentifier().toString()));

        assertThat(rooms)
                .as(
                        "Fix: add the new room to ROOMS in ModularityTests and to the README, or give the package's classes "
                                + "to a room that is there. Check: ./mvnw process-test-classes")
                .containsExactlyInAnyOrderElementsOf(ROOMS);
    }

    @Test
    void noClassIsHomeless() {
        var homeless = new TreeSet<String>();
        for (JavaClass type : ProductionCode.classes()) {
            boolean inRoot = type.getPackageName().equals(WaybillApplication.class.getPackageName());
            if (!inRoot && modules.getModuleByType(type.getFullName()).isEmpty()) {
                homeless.add(type.getFullName());
            }
        }

        assertThat(homeless)
                .as("These classes belong to no room, so nothing watches what they use. Fix: put @NullMarked and "
                        + "@ApplicationModule(allowedDependencies = ...) on their package-info. "
                        + "Check: ./mvnw process-test-classes")
                .isEmpty();
    }

    @Test
    void noTestHidesWhatAPackageSays() {
        var hidden = new TreeSet<String>();
        for (JavaClass type : ProductionCode.tests()) {
            if (type.getSimpleName().equals("package-info")
                    && ProductionCode.classes().containPackage(type.getPackageName())) {
                hidden.add(type.getPackageName());
            }
        }

        assertThat(hidden)
                .as("A package-info in src/test hides the one in src/main while tests run, and its room is gone. "
                        + "Fix: remove the package-info of these packages from src/test. "
                        + "Check: ./mvnw process-test-classes")
                .isEmpty();
    }

    @Test
    void theRoomsCanBeDrawn() {
        new Documenter(modules).writeModulesAsPlantUml();
    }
}
