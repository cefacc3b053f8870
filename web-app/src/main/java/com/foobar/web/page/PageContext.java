package com.foobar.web.page;

import org.jspecify.annotations.Nullable;

import com.foobar.web.assets.Assets;
import com.foobar.web.members.SignedIn;
import com.foobar.web.route.Route;

/**
 * What every template can read, as its parameter {@code context}. Scoped to the request.
 *
 * @param signedIn the member, {@code null} for a guest
 * @param route the route of the request, {@code null} if it is not shown
 * @param readOnly whether the database accepts no changes
 * @param assets the assets of this version
 */
public record PageContext(@Nullable SignedIn signedIn, @Nullable Route route, boolean readOnly, Assets assets) {

	/**
	 * The URL of an asset.
	 * @param name the name of the file
	 * @return the path with the content's hash
	 */
	public String asset(String name) {
		return this.assets.url(name);
	}

}
