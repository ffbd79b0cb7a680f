package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The modules, and which may use which public API (Spring Modulith). Alone: {@code ./mvnw process-test-classes}. */
class ModularityTests {

    /** Every module. A new one is a decision: it is added here, and to the table in docs/layout.md. */
    private static final List<String> MODULES = List.of(
            "accounts",
            "agents",
            "aggregations",
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
            "deliveries",
            "extraction",
            "idempotency",
            "namespaces",
            "objects",
            "platform.charsets",
            "platform.deadline",
            "platform.errors",
            "platform.events",
            "platform.fetch",
            "platform.formats",
            "platform.health",
            "platform.ids",
            "platform.json",
            "platform.lists",
            "platform.mongo",
            "platform.query",
            "platform.ratelimit",
            "platform.redis",
            "platform.secrets",
            "platform.startup",
            "platform.storage",
            "platform.tenancy",
            "platform.text",
            "platform.web",
            "processing",
            "projects",
            "quotas",
            "submissions",
            "syncs",
            "tasks",
            "uploads",
            "usage",
            "webhooks");

    private final ApplicationModules modules = ApplicationModules.of(WaybillApplication.class);

    @Test
    void everyModuleUsesOnlyWhatItDeclares() {
        var violations = modules.detectViolations();

        assertThat(violations.getMessages())
                .as("A module uses another that its package-info does not allow, or internals of another. "
                        + "Fix: use what the other module makes public, or turn the dependency round (a port that the lower "
                        + "module declares and the upper one implements); only then consider adding the module to "
                        + "allowedDependencies. Check: ./mvnw process-test-classes")
                .isEmpty();
    }

    @Test
    void theModulesAreThese() {
        var names = new TreeSet<String>();
        modules.forEach(module -> names.add(module.getIdentifier().toString()));

        assertThat(names)
                .as(
                        "Fix: add the new module to MODULES in ModularityTests and to docs/layout.md, or move the package's "
                                + "classes into an existing module. Check: ./mvnw process-test-classes")
                .containsExactlyInAnyOrderElementsOf(MODULES);
    }

    @Test
    void theLayoutPageNamesEveryModuleAndNothingThatIsGone() throws IOException {
        var named = new TreeSet<String>();
        Pattern.compile("(?m)^\\| (`.*?) \\|")
                .matcher(Files.readString(Path.of("docs", "layout.md")))
                .results()
                .flatMap(row ->
                        Pattern.compile("`([^`]+)`").matcher(row.group(1)).results())
                .forEach(name -> named.add(name.group(1)));

        assertThat(named).as("Fix: add it to the table in docs/layout.md").containsAll(MODULES);
        assertThat(named)
                .as("Fix: remove it from the table in docs/layout.md")
                .allMatch(name -> ProductionCode.classes()
                        .containPackage(WaybillApplication.class.getPackageName() + "." + name));
    }

    @Test
    void everyClassBelongsToAModule() {
        var unassigned = new TreeSet<String>();
        for (JavaClass type : ProductionCode.classes()) {
            boolean inRoot = type.getPackageName().equals(WaybillApplication.class.getPackageName());
            if (!inRoot && modules.getModuleByType(type.getFullName()).isEmpty()) {
                unassigned.add(type.getFullName());
            }
        }

        assertThat(unassigned)
                .as("These classes belong to no module, so nothing checks what they use. Fix: put @NullMarked and "
                        + "@ApplicationModule(allowedDependencies = ...) on their package-info. "
                        + "Check: ./mvnw process-test-classes")
                .isEmpty();
    }

    @Test
    void noPackageInfoOfATestHidesThatOfAModule() {
        var hidden = new TreeSet<String>();
        for (JavaClass type : ProductionCode.tests()) {
            if (type.getSimpleName().equals("package-info")
                    && ProductionCode.classes().containPackage(type.getPackageName())) {
                hidden.add(type.getPackageName());
            }
        }

        assertThat(hidden)
                .as("A package-info in src/test hides the one in src/main while tests run, and its module is gone. "
                        + "Fix: remove the package-info of these packages from src/test. "
                        + "Check: ./mvnw process-test-classes")
                .isEmpty();
    }

    @Test
    void aDiagramOfTheModulesCanBeWritten() {
        new Documenter(modules).writeModulesAsPlantUml();
    }
}
