"""Citizens’ proposals (시민 제안): intake, handling, reply."""
