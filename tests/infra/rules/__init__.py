"""What must hold of a plan: each rule takes one and says, in sentences, what does not."""
