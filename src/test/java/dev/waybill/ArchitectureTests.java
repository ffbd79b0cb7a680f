package dev.waybill;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import jakarta.servlet.ServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * Which packages and classes may depend on which, and naming conventions. Alone: {@code ./mvnw process-test-classes}.
 */
@Order(13)
class ArchitectureTests {

    private static final String[] AWS = {"software.amazon.awssdk.."};
    private static final String[] MONGO = {"com.mongodb..", "org.bson..", "org.springframework.data.mongodb.."};
    private static final String[] REDIS = {"io.lettuce..", "org.springframework.data.redis..", "redis.."};
    private static final String[] HTTP = {"jakarta.servlet..", "org.springframework.web..", "org.springframework.http.."
    };

    @Test
    void packagesHaveNoCycles() {
        check(
                slices().matching("dev.waybill.(**)").should().beFreeOfCycles(),
                "two packages that need each other are one; declare a port in the lower one, or move the shared type");
    }

    /** The packages that are free of cycles between classes; the others follow. */
    @Test
    void classesHaveNoCycles() {
        check(
                slices().assignedFrom(new ArchitectureConditions.ClassesOf(
                                "dev.waybill.uploads",
                                "dev.waybill.uploads.verification",
                                "dev.waybill.objects",
                                "dev.waybill.objects.requests",
                                "dev.waybill.aggregations",
                                "dev.waybill.usage"))
                        .should()
                        .beFreeOfCycles(),
                "two classes that need each other are one, or one knows too much; let the lower one take what it needs as "
                        + "a parameter");
    }

    @Test
    void nothingDependsOnTheRoot() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.waybill")
                        .should()
                        .dependOnClassesThat(resideInAPackage("dev.waybill")),
                "the root holds the application class only; move the shared type into a module");
    }

    @Test
    void platformDependsOnNoFeature() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("dev.waybill.platform..")
                        .should()
                        .dependOnClassesThat(describe(
                                "belong to a feature",
                                type -> type.getPackageName().startsWith("dev.waybill.")
                                        && !type.getPackageName().startsWith("dev.waybill.platform."))),
                "technical pieces serve any feature; let the feature implement a port of the piece");
    }

    @Test
    void onlyTheStorageModuleAndTheS3ConnectorDependOnAws() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("dev.waybill.platform.storage..", "dev.waybill.connectors.s3..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(AWS)),
                "another store must be able to replace S3; say what is needed in ObjectStorage's or UrlSigner's words, and "
                        + "of storage elsewhere, of which some speaks S3, in Source's");
    }

    @Test
    void onlyStoresDependOnMongo() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.waybill.platform.mongo..")
                        .and(areNotCalled("Store", "Entity", "Expression", "LockConfiguration"))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(MONGO)),
                "the database is a detail of *Store and *Entity; move the query into the module's store, or "
                        + "what every module needs into platform.mongo");
    }

    @Test
    void onlyTheModulesBuiltForItDependOnRedis() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "dev.waybill.platform.redis..",
                                "dev.waybill.platform.ratelimit..",
                                "dev.waybill.tasks..")
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(REDIS)),
                "Redis may go away, and only platform.redis, platform.ratelimit and tasks are built for that; go through RedisGate or "
                        + "Tasks");
    }

    @Test
    void onlyTheWebLayerDependsOnHttp() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "dev.waybill.platform.web..",
                                "dev.waybill.platform.lists..",
                                "dev.waybill.platform.health..",
                                "dev.waybill.health..",
                                "dev.waybill.auth..",
                                "dev.waybill.idempotency..")
                        .and(areNotCalled("Controller", "Advice", "Filter", "Interceptor", "Resolver", "Renderer"))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(HTTP)),
                "the domain does not depend on the transport; read the request in the controller, and throw a "
                        + "WaybillException with a code instead of a status");
    }

    @Test
    void controllersDependOnNoStores() {
        check(
                noClasses()
                        .that(areCalled("Controller"))
                        .should()
                        .dependOnClassesThat(areCalled("Store", "Entity").and(resideInAPackage("dev.waybill.."))),
                "rules live behind the module's API; call its public class, such as Objects or Buckets");
    }

    @Test
    void whatOneModuleNeedsIsNotPublic() {
        check(
                classes()
                        .that(areCalled("Controller", "Store", "Entity", "Request"))
                        .and()
                        .areNotAssignableTo(Throwable.class)
                        .should()
                        .notBePublic(),
                "other modules use only the module's API; remove 'public'");
    }

    @Test
    void valuesAreRecords() {
        check(
                classes()
                        .that(areCalled("Id", "Request", "Response", "Entity", "Properties"))
                        .and(areNotCalled("RequestId")) // where an id is found, not the id
                        .and()
                        .areNotAssignableTo(Throwable.class)
                        .and()
                        .areNotAssignableTo(ServletRequest.class)
                        .and()
                        .areNotInterfaces()
                        .should()
                        .beRecords(),
                "values are complete from the start and never change; make it a record, or give it a name that says "
                        + "what it does");
    }

    @Test
    void timeComesFromTheClock() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("dev.waybill.platform.ids..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callConstructor(Date.class);
        check(rule, "tests must be able to move time; take an InstantSource in the constructor and read it");
    }

    @Test
    void modulesReadNoClockThatTestsCannotMove() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages("dev.waybill.platform.ids..", "dev.waybill.platform.mongo..")
                        .should()
                        .dependOnClassesThat(describe(
                                "are the clock's inside", type -> type.getName().endsWith("ids.DatabaseClock"))),
                "the InstantSource that is injected shows the same time; read it");
    }

    @Test
    void beansTakeDependenciesInTheirConstructors() {
        check(
                noFields()
                        .should()
                        .beAnnotatedWith(Autowired.class)
                        .orShould()
                        .beAnnotatedWith("jakarta.inject.Inject")
                        .orShould()
                        .beAnnotatedWith("jakarta.annotation.Resource"),
                "an object made by hand in a test must be whole; take it as a constructor parameter");
    }

    @Test
    void settingsAreTyped() {
        String fix = "a setting has a type, bounds and a test; put it in the module's @ConfigurationProperties record";
        check(noFields().should().beAnnotatedWith(Value.class), fix);
        check(methods().should().notBeAnnotatedWith(Value.class), fix);
        check(classes().should(new ArchitectureConditions.HaveNoParameterAnnotatedWith(Value.class)), fix);
    }

    @Test
    void nothingIsPrinted() {
        check(
                GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS,
                "operators read the log; use a logger of org.slf4j");
        check(
                noClasses().should().dependOnClassesThat(resideInAPackage("java.util.logging..")),
                "there is one logging API here; use org.slf4j");
    }

    @Test
    void noGenericExceptionIsThrown() {
        check(
                GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS,
                "who catches it must know what happened; throw a WaybillException with a code, or an "
                        + "IllegalStateException for what cannot be");
    }

    @Test
    void everyStoreIsTestedByItsContract() {
        check(
                classes()
                        .that(new ArchitectureConditions.ImplementAStore())
                        .should(new ArchitectureConditions.BeTestedByItsContract()),
                "an implementation that no contract runs on is a guess; write <Port>Contract beside the port in "
                        + "src/test, and <Store>Tests extends <Port>Contract");
    }

    @Test
    void everyPackageIsNullMarked() {
        check(
                classes().should(new ArchitectureConditions.LieInAMarkedPackage()),
                "NullAway looks only where @NullMarked stands; add it to the package-info");
    }

    @Test
    void everyEndpointHasARowInTheAccessTable() {
        check(
                methods()
                        .that()
                        .areDeclaredInClassesThat(areCalled("Controller"))
                        .should(new ArchitectureConditions.HaveARow("/v1/health")),
                "a path without a row is open to the world; give it one in AccessTable, or name the path in this test if the "
                        + "world may see it; a row that nothing serves is a promise about nothing");
    }

    /** Fails with the rule, the reason with the fix, and the command that checks again. */
    private static void check(ArchRule rule, String reasonAndFix) {
        rule.allowEmptyShould(true)
                .because(reasonAndFix + ". Check: ./mvnw process-test-classes")
                .check(ProductionCode.classes());
    }

    /** A nested class goes by the name of the one around it too. */
    private static DescribedPredicate<JavaClass> areCalled(String... endings) {
        return describe("are called *" + String.join(", *", endings), type -> isCalled(type, endings));
    }

    private static DescribedPredicate<JavaClass> areNotCalled(String... endings) {
        return describe(
                "are not called *" + String.join(", *", endings),
                type -> !isCalled(type, endings)
                        && type.getEnclosingClass()
                                .map(outer -> !isCalled(outer, endings))
                                .orElse(true));
    }

    private static boolean isCalled(JavaClass type, String... endings) {
        return Arrays.stream(endings).anyMatch(type.getSimpleName()::endsWith);
    }
}
