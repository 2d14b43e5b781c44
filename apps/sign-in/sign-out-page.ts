/** Asks whether to sign out here too. `form` is the issuer's own, with its token. */
export function signOutPage(form: string, stylesheet: string): string {
  return `<!DOCTYPE html>
<html lang="en" class="govuk-template">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign out – Common Thread demonstration</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body class="govuk-template__body">
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content">
<h1 class="govuk-heading-l">Sign out of Common Thread</h1>
<p class="govuk-body">You have left the agency's pages. Sign out here too, so that nobody can carry on as you.</p>
${form}
<button class="govuk-button" type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
</main>
</div>
</body>
</html>`;
}
