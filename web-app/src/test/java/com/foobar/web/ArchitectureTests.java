package com.foobar.web;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.foobar.web.database.ReadOnly;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Entity;

import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Rules of the whole module.
 */
@AnalyzeClasses(packages = "com.foobar.web", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("com.foobar.web.(**)")
		.namingSlices("$1")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule featuresDoNotUseEachOther = noClasses().that()
		.resideInAPackage("com.foobar.web.members..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.foobar.web.notices..");

	@ArchTest
	static final ArchRule featuresDoNotKnowTheirControllers = noClasses().that()
		.resideInAnyPackage("com.foobar.web.members", "com.foobar.web.notices")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.foobar.web.*.web");

	@ArchTest
	static final ArchRule controllersArePackagePrivate = classes().that()
		.areMetaAnnotatedWith(Controller.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule entitiesAndRepositoriesStayInside = classes().that()
		.areAnnotatedWith(Entity.class)
		.or()
		.areAssignableTo(Repository.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule entitiesAreNotInControllersSignatures = methods().that()
		.areDeclaredInClassesThat()
		.areMetaAnnotatedWith(Controller.class)
		.should(mentionNoEntity());

	@ArchTest
	static final ArchRule servicesSayWhatReadsAndWhatWrites = methods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(Service.class)
		.and()
		.arePublic()
		.should()
		.beAnnotatedWith(ReadOnly.class)
		.orShould()
		.beAnnotatedWith(Transactional.class);

	private static ArchCondition<JavaMethod> mentionNoEntity() {
		return new ArchCondition<>("mention no entity") {

			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				Set<JavaClass> mentioned = Stream.concat(method.getReturnType().getAllInvolvedRawTypes().stream(),
						method.getParameterTypes().stream().flatMap((type) -> type.getAllInvolvedRawTypes().stream()))
					.collect(Collectors.toSet());
				mentioned.stream()
					.filter((type) -> type.isAnnotatedWith(Entity.class))
					.forEach((type) -> events.add(SimpleConditionEvent.violated(method,
							method.getFullName() + " mentions " + type.getName())));
			}

		};
	}

}
