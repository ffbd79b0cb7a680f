package dev.waybill;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.waybill.auth.access.AccessRow;
import dev.waybill.auth.access.AccessTable;
import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** The conditions of {@link ArchitectureTests} that ArchUnit does not bring along. */
final class ArchitectureConditions {

    private ArchitectureConditions() {}

    private static Stream<JavaClass> storesOf(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .filter(port -> port.getPackageName().startsWith("dev.waybill"))
                .filter(port -> port.getSimpleName().endsWith("Store"));
    }

    /** Classes that implement a port whose name ends in Store. */
    static final class ImplementAStore extends DescribedPredicate<JavaClass> {

        ImplementAStore() {
            super("implement a *Store");
        }

        @Override
        public boolean test(JavaClass type) {
            return !type.isInterface()
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                    && storesOf(type).findAny().isPresent();
        }
    }

    /** For each store port, a concrete test class that is named after the implementation and extends the contract. */
    static final class BeTestedByItsContract extends ArchCondition<JavaClass> {

        private final List<JavaClass> tests;

        BeTestedByItsContract() {
            super("be tested by the contract of their port");
            tests = ProductionCode.tests().stream()
                    .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                    .toList();
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            storesOf(type).forEach(port -> {
                String contract = port.getFullName() + "Contract";
                boolean tested = tests.stream()
                        .filter(test -> test.getName().contains(type.getSimpleName()))
                        .anyMatch(test -> test.getAllRawSuperclasses().stream()
                                .anyMatch(above -> above.getFullName().equals(contract)));
                events.add(new SimpleConditionEvent(
                        type,
                        tested,
                        "%s has no test class %sTests extends %sContract"
                                .formatted(type.getSimpleName(), type.getSimpleName(), port.getSimpleName())));
            });
        }
    }

    /** The class's own package carries the annotation: it is not inherited from the package above. */
    static final class LieInAMarkedPackage extends ArchCondition<JavaClass> {

        LieInAMarkedPackage() {
            super("lie in a package with @NullMarked");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage()
                    .tryGetPackageInfo()
                    .map(info -> info.isAnnotatedWith(NullMarked.class))
                    .orElse(false);
            events.add(new SimpleConditionEvent(
                    type, marked, "%s has no package-info with @NullMarked".formatted(type.getPackageName())));
        }
    }

    /** No parameter of a constructor or method carries the annotation. */
    static final class HaveNoParameterAnnotatedWith extends ArchCondition<JavaClass> {

        private final Class<? extends Annotation> annotation;

        HaveNoParameterAnnotatedWith(Class<? extends Annotation> annotation) {
            super("have no parameter annotated with @" + annotation.getSimpleName());
            this.annotation = annotation;
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            type.getCodeUnits()
                    .forEach(unit -> unit.getParameters().stream()
                            .filter(parameter -> parameter.isAnnotatedWith(annotation))
                            .forEach(parameter -> events.add(SimpleConditionEvent.violated(
                                    unit,
                                    "%s takes a @%s".formatted(unit.getFullName(), annotation.getSimpleName())))));
        }
    }

    /** Methods that serve a path under /v1 say what permission they need. */
    static final class HaveARow extends ArchCondition<JavaMethod> {

        private final AccessTable table = new AccessTable(AccessTable.waybill());
        private final Set<AccessRow> unserved = new LinkedHashSet<>(table.rows());
        private final Set<String> open;

        /** @param open the paths that anybody may call, with all below them */
        HaveARow(String... open) {
            super("have a row in the AccessTable when they serve a path under /v1, and all its rows such a method");
            this.open = Set.of(open);
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.reflect(), RequestMapping.class);
            if (mapping == null) {
                return;
            }
            for (String path : mapping.path()) {
                for (RequestMethod verb : mapping.method()) {
                    Optional<AccessRow> row = table.find(verb, path);
                    row.ifPresent(unserved::remove);
                    if (path.startsWith("/v1") && !isOpen(path) && row.isEmpty()) {
                        events.add(SimpleConditionEvent.violated(
                                method, "%s serves %s %s without a row".formatted(method.getFullName(), verb, path)));
                    }
                }
            }
        }

        @Override
        public void finish(ConditionEvents events) {
            unserved.forEach(row ->
                    events.add(SimpleConditionEvent.violated(row, "No handler serves the row %s".formatted(row))));
        }

        private boolean isOpen(String path) {
            return open.stream().anyMatch(known -> path.equals(known) || path.startsWith(known + "/"));
        }
    }

    /** Each class of these packages is a slice, with its nested classes. */
    static final class ClassesOf implements SliceAssignment {

        private final Set<String> packages;

        ClassesOf(String... packages) {
            this.packages = Set.of(packages);
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            int nested = type.getName().indexOf('$');
            return packages.contains(type.getPackageName())
                    ? SliceIdentifier.of(
                            nested < 0 ? type.getName() : type.getName().substring(0, nested))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes of " + packages;
        }
    }
}
