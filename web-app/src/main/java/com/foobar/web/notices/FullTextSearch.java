package com.foobar.web.notices;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.type.StandardBasicTypes;

/**
 * Teaches Hibernate {@code text_match(title, body, terms)}: how well a notice matches, by
 * the full-text index; zero if it does not.
 */
public class FullTextSearch implements FunctionContributor {

	@Override
	public void contributeFunctions(FunctionContributions contributions) {
		contributions.getFunctionRegistry()
			.registerPattern("text_match", "match (?1, ?2) against (?3 in boolean mode)",
					contributions.getTypeConfiguration().getBasicTypeRegistry().resolve(StandardBasicTypes.DOUBLE));
	}

}
